package dev.mystical.scanner.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each role calls when it runs alone, held against the policies that it gets. */
class RoleRightsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ADDRESS = Pattern.compile("api listening on (http://[^\\s\"]+)");
  private static final Pattern CALLS =
      Pattern.compile(
          "scanner_aws_calls_total\\{(?=.*service=\"(\\w+)\")(?=.*action=\"(\\w+)\").*}");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    http.shutdownNow();
  }

  @Test
  void noRoleCallsWhatItsPoliciesDoNotAllow() throws InterruptedException {
    try (TrialStand stand = new TrialStand();
        Served api = serve(stand, "api");
        Served consumer = serve(stand, "consumer");
        Served supervisor = serve(stand, "supervisor")) {
      // Poison, so that something is copied to the dead letters; then one that runs.
      stand.send("{}");
      consumer.await(1, line -> line.contains("event=refused"), PATIENCE);
      submit(address(api));
      supervisor.await(
          1, line -> line.contains("event=run-ended") && line.contains("SUCCEEDED"), PATIENCE);

      assertThat(calls(api))
          .contains("sqs:SendMessage")
          .isSubsetOf(RolePolicies.allowed("ApiPolicy"));
      assertThat(calls(consumer))
          .contains("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:SendMessage", "ecs:RunTask")
          .isSubsetOf(RolePolicies.allowed("TasksPolicy", "ConsumerPolicy"));
      assertThat(calls(supervisor))
          .contains("ecs:DescribeTasks")
          .isSubsetOf(RolePolicies.allowed("TasksPolicy", "SupervisorPolicy"));
    }
  }

  private Served serve(TrialStand stand, String role) throws InterruptedException {
    Map<String, String> environment = stand.environment();
    environment.put("ROLES", role);
    environment.put("SPOOL_DIR", folder.resolve(role).toString());
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            ProjectFiles.PROJECT.resolve("consumer-app/target/consumer-app.jar").toString());
    Served served = Served.start(command, environment, folder);
    served.await(1, line -> line.contains("event=started"), PATIENCE);
    return served;
  }

  private static URI address(Served served) throws InterruptedException {
    String line = served.await(1, it -> ADDRESS.matcher(it).find(), PATIENCE).text();
    Matcher address = ADDRESS.matcher(line);
    assertThat(address.find()).isTrue();
    return URI.create(address.group(1));
  }

  private void submit(URI api) throws InterruptedException {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(api.resolve("/v1/scans"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(TrialStand.REQUEST)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private Set<String> calls(Served served) throws InterruptedException {
    String metrics = send(HttpRequest.newBuilder(address(served).resolve("/metrics"))).body();
    List<String> calls = new ArrayList<>();
    Matcher call = CALLS.matcher(metrics);
    while (call.find()) {
      calls.add(RolePolicies.right(call.group(1), call.group(2)));
    }
    return calls.stream().collect(Collectors.toSet());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
