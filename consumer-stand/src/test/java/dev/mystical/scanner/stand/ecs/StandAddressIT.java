package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandAddressIT {

  private final Stand stand = Stand.atHand();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    stand.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(stand.ecs.endpoint().resolve(path))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void faultsAreSetSeenAndTakenAway() throws IOException, InterruptedException {
    String fault =
        """
        {"operation":"RunTask","kind":"no-capacity","times":3,"match":{"startedBy":"scan/1/*"}}\
        """;
    assertThat(send("POST", "/_stand/faults", fault).statusCode()).isEqualTo(200);
    assertThat(stand.run().tasks()).hasSize(1);
    assertThat(stand.client.runTask(Stand.request().startedBy("scan/1/sonar").build()).failures())
        .hasSize(1);
    assertThat(send("GET", "/_stand/faults", "").body())
        .contains("\"kind\":\"no-capacity\"", "\"times\":2");
    send("DELETE", "/_stand/faults", "");
    assertThat(send("GET", "/_stand/faults", "").body()).isEqualTo("[]");
  }

  @ParameterizedTest
  @EnumSource(FaultKind.class)
  void everyKindHasAWord(FaultKind kind) throws IOException, InterruptedException {
    String fault = Json.write(Json.object().put("kind", kind.word()));
    assertThat(send("POST", "/_stand/faults", fault).statusCode()).isEqualTo(200);
    assertThat(stand.ecs.faults()).extracting(Fault::kind).containsExactly(kind);
  }

  @Test
  void whatIsNoFaultIsRefused() throws IOException, InterruptedException {
    assertThat(send("POST", "/_stand/faults", "{\"kind\":\"x\"}").statusCode()).isEqualTo(400);
    assertThat(
            send("POST", "/_stand/faults", "{\"kind\":\"drop\",\"match\":{\"moon\":\"1\"}}").body())
        .contains("match knows");
    assertThat(send("POST", "/_stand/faults", "[").statusCode()).isEqualTo(400);
    assertThat(send("GET", "/_stand/other", "").statusCode()).isEqualTo(404);
  }

  @Test
  void fatesAreWritten() throws IOException, InterruptedException {
    send(
        "POST",
        "/_stand/fates",
        """
        {"match":{"startedBy":"scan/1/*"},"fate":{"kind":"exits","code":7,"afterMillis":1000}}\
        """);
    stand.launch();
    String doomed =
        stand
            .client
            .runTask(Stand.request().startedBy("scan/1/a").build())
            .tasks()
            .getFirst()
            .taskArn();
    send("POST", "/_stand/clock", "{\"advanceMillis\":60000}");
    assertThat(stand.task(doomed).containers().getFirst().exitCode()).isEqualTo(7);
    assertThat(send("POST", "/_stand/fates", "{\"fate\":{\"kind\":\"x\"}}").statusCode())
        .isEqualTo(400);
    assertThat(send("POST", "/_stand/fates", "{\"fate\":{\"kind\":\"lingers\"}}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void callsAreCountedAndRunTasksKept() throws IOException, InterruptedException {
    var unused = stand.client.runTask(Stand.request().clientToken("t1").startedBy("s1").build());
    stand.ecs.fault(Fault.on("RunTask", FaultKind.EMPTY));
    stand.run();

    String calls = send("GET", "/_stand/calls", "").body();
    assertThat(calls).contains("\"counts\":{\"RunTask\":2}", "\"clientToken\":\"t1\"");
    assertThat(stand.ecs.calls().runTasks().getFirst().accessKeyId()).isEqualTo("AKIDTEST");
    assertThat(stand.ecs.calls().runTasks().getFirst().source()).contains("127.0.0.1");
    assertThat(stand.ecs.calls().runTasks().getFirst().body()).contains("\"startedBy\":\"s1\"");
  }

  @Test
  void tasksAreRememberedForGood() throws IOException, InterruptedException {
    stand.ecs.fate(FateRule.next(Fate.exits(5, Duration.ZERO)));
    String arn = stand.launch();
    stand.ecs.advance(Duration.ofHours(5));
    assertThat(send("GET", "/_stand/tasks", "").body())
        .contains(
            "\"launched\":1", arn, "\"exitCodes\":{\"scanner\":5}", "\"lastStatus\":\"STOPPED\"");
  }

  @Test
  void spotTakesATaskBack() throws IOException, InterruptedException {
    String arn = stand.launch();
    stand.seconds(3);
    send("POST", "/_stand/interrupt", "{\"task\":\"" + arn + "\"}");
    assertThat(stand.task(arn).stopCodeAsString()).isEqualTo("SpotInterruption");
    assertThat(send("POST", "/_stand/interrupt", "{\"task\":\"x\"}").statusCode()).isEqualTo(400);
  }
}
