package dev.mystical.scanner.app.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.stand.ecs.RunTaskCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls as a run's container does, with what its task was given; the task itself does nothing. */
record ScanContainer(String runId, String token) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SARIF = "application/sarif+json";

  /** The container of the task that a call has launched. */
  static ScanContainer of(RunTaskCall launch) {
    return new ScanContainer(
        variable(launch.body(), "SCAN_RUN_ID"), variable(launch.body(), "SCAN_TOKEN"));
  }

  private static String variable(String body, String name) {
    Matcher pair =
        Pattern.compile("\"name\":\"%s\",\"value\":\"([^\"]*)\"".formatted(name)).matcher(body);
    assertThat(pair.find()).as("%s in %s", name, body).isTrue();
    return pair.group(1);
  }

  HttpResponse<String> start(URI api, String task) throws IOException, InterruptedException {
    return post(api, "start", "{\"task\": \"%s\", \"attempt\": 1}".formatted(task));
  }

  HttpResponse<String> complete(URI api) throws IOException, InterruptedException {
    return post(api, "complete", "{\"exitCode\": 0, \"tool\": \"test\", \"toolVersion\": \"1\"}");
  }

  HttpResponse<String> report(URI api, String sarif) throws IOException, InterruptedException {
    return send(
        to(api, "report")
            .header("Content-Type", SARIF)
            .PUT(HttpRequest.BodyPublishers.ofString(sarif)));
  }

  /**
   * Sends the first half of a report, once the program has said that it reads, and goes no further.
   * It is read from then on until the socket is closed.
   */
  Socket halfAReport(URI api, String sarif) throws IOException {
    byte[] body = sarif.getBytes(UTF_8);
    Socket socket = new Socket(api.getHost(), api.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    String head =
        """
        PUT /v1/runs/%s/report HTTP/1.1
        Host: %s
        Authorization: Bearer %s
        Content-Type: %s
        Content-Length: %d
        Expect: 100-continue

        """
            .formatted(runId, api.getAuthority(), token, SARIF, body.length);
    socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(US_ASCII));
    String said =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
    assertThat(said).startsWith("HTTP/1.1 100");
    socket.getOutputStream().write(Arrays.copyOf(body, body.length / 2));
    return socket;
  }

  private HttpResponse<String> post(URI api, String call, String body)
      throws IOException, InterruptedException {
    return send(
        to(api, call)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder to(URI api, String call) {
    return HttpRequest.newBuilder(api.resolve("/v1/runs/%s/%s".formatted(runId, call)))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
