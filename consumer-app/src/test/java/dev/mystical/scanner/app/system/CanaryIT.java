package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.CanaryStand.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.system.Canaries.Secret;
import dev.mystical.scanner.stand.ecs.Fault;
import dev.mystical.scanner.stand.ecs.FaultKind;
import dev.mystical.scanner.stand.ecs.RunTaskCall;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Planted secrets come out nowhere: no line of the log, no error, event, webhook, answer, number,
 * override or spooled file has one, nor has Redis, but for those who have to get it.
 */
class CanaryIT {
  private static final Pattern ID = Pattern.compile("\"scanId\":\"([A-Za-z0-9_-]+)\"");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void theServerTellsNoSecret(String format) throws IOException, InterruptedException {
    try (CanaryStand stand = new CanaryStand(folder)) {
      Map<String, String> settings = stand.settings();
      settings.put("LOG_FORMAT", format);
      Replica server = stand.stand.replica(settings).ready();
      refusals(stand, server);
      aWholeScan(stand, server);
      aRefusedLaunch(stand, server);
      whatEverybodySees(stand, server);
      withoutRedis(stand, server);
      server.sigterm();
      assertThat(server.exitCode(PATIENCE)).as(server::text).isZero();
      collect(stand, server);

      stand.sinks.assertClean(stand.canaries);
      stand.sinks.assertReached(stand.canaries, Secret.RUN_TOKEN);
      stand.sinks.assertReached(stand.canaries, Secret.OPTION);
      stand.sinks.assertReached(stand.canaries, Secret.CALLBACK_TOKEN);
    }
  }

  /** Over HTTP and by the queue, with good keys and bad ones. */
  private static void refusals(CanaryStand stand, Replica server)
      throws IOException, InterruptedException {
    for (String body : stand.refusedRequests()) {
      assertThat(stand.call(server, "POST", "/v1/scans", stand.key, body).statusCode())
          .isEqualTo(400);
      stand.stand.send(body);
    }
    assertThat(stand.call(server, "POST", "/v1/scans", stand.wrongKey, "{}").statusCode())
        .isEqualTo(401);
    for (String path :
        List.of(
            "/v1/scans?key=" + stand.wrongKey,
            "/v1/errors?code=" + stand.wrongKey,
            "/v1/scans/" + stand.hookToken,
            "/no/such/" + stand.hookToken,
            "/v1/runs/" + stand.hookToken + ".sonar/start")) {
      assertThat(stand.get(server, path).statusCode() / 100).as(path).isEqualTo(4);
    }
    try (SystemEvents events = stand.stand.events()) {
      events.await(
          SystemEvents.ERRORS, error -> "MESSAGE_INVALID".equals(error.get("code")), 4, PATIENCE);
    }
  }

  /** With a webhook that fails at first, and a container that says more than it should. */
  private static void aWholeScan(CanaryStand stand, Replica server)
      throws IOException, InterruptedException {
    String scan = submit(stand, server, "payments");
    ScanContainer container = container(stand, scan);
    stand.canaries.plant(Secret.RUN_TOKEN, container.token());
    String run = "/v1/runs/" + container.runId();
    String told =
        "cannot clone https://user:%s@%s with token %s"
            .formatted(stand.git, CanaryStand.HOST_OF_GIT, container.token());
    stand.call(server, "POST", run + "/start", stand.key, "{}");
    assertThat(stand.sinks.add(container.start(server.address(), "task-1")).statusCode())
        .isEqualTo(200);
    stand.call(
        server,
        "POST",
        run + "/progress",
        container.token(),
        "{\"message\": \"%s\"}".formatted(told));
    stand.sinks.add(container.report(server.address(), "{\"version\": \"" + told));
    stand.sinks.add(container.report(server.address(), CrashStand.sarif("found")));
    assertThat(
            stand
                .call(
                    server,
                    "POST",
                    run + "/complete",
                    container.token(),
                    "{\"exitCode\": 1, \"error\": \"%s\"}".formatted(told))
                .statusCode())
        .isEqualTo(204);
    CallbackReceiver.Call first = stand.receiver.take(PATIENCE);
    stand.sinks.add("webhook", first.signature() + first.body(), Secret.CALLBACK_TOKEN);
    first.answer(410);
    server.awaitLine(line -> line.contains("webhook-given-up"), PATIENCE);
    stand.get(server, "/v1/scans/" + scan, Secret.CALLBACK_TOKEN);
    stand.get(server, "/v1/scans/" + scan + "/report");
    stand.get(server, "/v1/scans/" + scan + "/events", Secret.CALLBACK_TOKEN);
  }

  /** ECS repeats what it was told, and more. */
  private static void aRefusedLaunch(CanaryStand stand, Replica server)
      throws IOException, InterruptedException {
    stand
        .stand
        .ecs()
        .fault(
            Fault.on("RunTask", FaultKind.INVALID_PARAMETER)
                .saying(
                    "Invalid request: %s https://user:%s@registry.example.com %s"
                        .formatted(stand.awsSecret, stand.git, stand.tokenKey)));
    String scan = submit(stand, server, "refused");
    try (SystemEvents events = stand.stand.events()) {
      events.await(SystemEvents.ERRORS, error -> "launch".equals(error.get("stage")), 1, PATIENCE);
    }
    stand.get(server, "/v1/scans/" + scan, Secret.CALLBACK_TOKEN);
    stand.call(
        server, "POST", "/v1/scans/" + scan + "/cancel", stand.key, "", Secret.CALLBACK_TOKEN);
    CallbackReceiver.Call webhook = stand.receiver.take(PATIENCE);
    stand.sinks.add("webhook", webhook.body(), Secret.CALLBACK_TOKEN);
    webhook.answer(204);
  }

  private static void whatEverybodySees(CanaryStand stand, Replica server)
      throws IOException, InterruptedException {
    for (String path : List.of("/metrics", "/livez", "/readyz", "/openapi.yaml", "/v1/providers")) {
      assertThat(stand.get(server, path).statusCode()).as(path).isEqualTo(200);
    }
    stand.get(server, "/v1/scans", Secret.CALLBACK_TOKEN);
    stand.call(server, "GET", "/v1/errors", stand.operator, "");
    try (SystemEvents events = stand.stand.events()) {
      stand.sinks.addAll(events.redis());
    }
  }

  /** Errors wait on disk, and are told once Redis is back. */
  private static void withoutRedis(CanaryStand stand, Replica server)
      throws IOException, InterruptedException {
    stand.stand.redis().stop();
    stand.call(
        server, "POST", "/v1/scans", stand.key, stand.request("away"), Secret.CALLBACK_TOKEN);
    assertThat(stand.get(server, "/v1/scans").statusCode()).isEqualTo(503);
    server.awaitLine(line -> line.contains("error-spooled"), PATIENCE);
    stand.sinks.addFiles(stand.stand.folder().resolve("spool"));
    stand.stand.redis().restart();
    stand.letIn();
    server.awaitLine(line -> line.contains("errors-replayed"), PATIENCE);
  }

  private static void collect(CanaryStand stand, Replica server) {
    stand.sinks.add("log", server.text());
    try (SystemEvents events = stand.stand.events()) {
      stand.sinks.addAll(events.redis());
    }
    for (RunTaskCall call : stand.stand.ecs().calls().runTasks()) {
      stand.sinks.add("RunTask", call.body(), Secret.RUN_TOKEN, Secret.OPTION);
    }
    stand.sinks.add(
        "SendMessage",
        stand.stand.sqs().lastBody("SendMessage"),
        Secret.OPTION,
        Secret.CALLBACK_TOKEN);
  }

  private static String submit(CanaryStand stand, Replica server, String project)
      throws IOException, InterruptedException {
    HttpResponse<String> accepted =
        stand.call(
            server, "POST", "/v1/scans", stand.key, stand.request(project), Secret.CALLBACK_TOKEN);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    Matcher id = ID.matcher(accepted.body());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private static ScanContainer container(CanaryStand stand, String scan) {
    try (SystemEvents events = stand.stand.events()) {
      events.awaitLaunched(1, PATIENCE);
    }
    return stand.stand.ecs().calls().runTasks().stream()
        .filter(call -> call.startedBy().contains(scan))
        .map(ScanContainer::of)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theCommandsTellNoSecret() throws IOException, InterruptedException {
    try (CanaryStand stand = new CanaryStand(folder)) {
      Replica server = stand.stand.replica(stand.settings()).ready();
      run(stand, 0, "", Map.of(), "check");
      run(stand, 0, "", Map.of(), "help");
      run(stand, 0, "", Map.of(), "errors");
      for (String body : stand.refusedRequests()) {
        run(stand, 2, body, Map.of(), "submit", "-");
      }
      run(stand, 4, "", Map.of(), "status", "none");
      String api = server.address().toString();
      String request = stand.request("payments");
      run(stand, 0, request, Map.of(), "submit", "-", "--api", api, "--key", stand.key);
      run(stand, 2, request, Map.of(), "submit", "-", "--api", api, "--key", stand.wrongKey);
      run(stand, 2, request, Map.of(), "submit", "-", "--api", api, "--kee", stand.wrongKey);
      badSettings(stand);
      stand.sinks.add("log", server.text());

      stand.sinks.assertClean(stand.canaries);
    }
  }

  /** Secrets in the wrong place, or of the wrong form. */
  private static void badSettings(CanaryStand stand) throws InterruptedException {
    run(stand, 3, "", Map.of("REDIS_URL", stand.redisUrl(stand.wrongKey)), "check");
    for (Map.Entry<String, String> bad :
        List.of(
            Map.entry("REDIS_URL", "redis//:" + stand.wrongKey + "@host"),
            Map.entry("REDIS_URL", "http://user:" + stand.wrongKey + "@host"),
            Map.entry("WEBHOOK_SECRET", "whsec_" + stand.wrongKey + "!"),
            Map.entry("API_KEYS", "acme:" + stand.wrongKey),
            Map.entry("API_KEYS", stand.wrongKey),
            Map.entry("PUBLIC_URL", "https://user:" + stand.wrongKey + "@host"),
            Map.entry("CONSUMER_QUEUE_URL", "http://u:" + stand.wrongKey + "@host/1/q"))) {
      run(stand, 2, "", Map.ofEntries(bad), "serve");
    }
  }

  private static void run(
      CanaryStand stand, int exit, String input, Map<String, String> changed, String... arguments)
      throws InterruptedException {
    Map<String, String> settings = stand.settings();
    settings.putAll(changed);
    Replica command = stand.stand.replicaWith(input, settings, arguments);
    int code = command.exitCode(PATIENCE);
    stand.sinks.add(String.join(" ", arguments) + " with " + changed.keySet(), command.text());
    assertThat(code).as(() -> String.join(" ", arguments) + "\n" + command.text()).isEqualTo(exit);
  }
}
