package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.CanaryStand.sha256;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.app.system.DescribedClient.Got;
import dev.mystical.scanner.app.system.DescribedClient.Wish;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that knows nothing but the served description asks for scans of the real program,
 * follows them, plays their containers, and ends them.
 */
class DescribedClientIT {
  private static final String KEY = "a-key-of-the-API-that-nobody-guesses";

  @TempDir private Path folder;

  @Test
  void aClientOfTheDescriptionAloneWorks() throws IOException, InterruptedException {
    try (CrashStand stand = CrashStand.in(folder)) {
      Map<String, String> settings = stand.settings();
      settings.put("API_KEYS", "acme:" + sha256(KEY));
      Replica server = stand.server(settings);
      try (DescribedClient client = DescribedClient.of(server.address().resolve("/openapi.yaml"))) {
        strangersAreSentAway(client);
        client.credential("apiKey", KEY);
        service(client);
        String first = submitted(client, stand);
        followed(client, first);
        lists(client, first);
        container(client, stand, first);
        ended(client, stand, first);
        changed(client, stand);
        streams(client);

        assertThat(client.called()).isEqualTo(client.described());
      }
    }
  }

  private static void strangersAreSentAway(DescribedClient client)
      throws IOException, InterruptedException {
    assertThat(client.call("listScans", Wish.none()).status()).isEqualTo(401);
    client.credential("apiKey", "another-key");
    assertThat(client.call("submitScan", Wish.none()).status()).isEqualTo(401);
    client.noCredentials();
  }

  private static void service(DescribedClient client) throws IOException, InterruptedException {
    for (String id : List.of("live", "ready", "metrics", "openApi", "listProviders")) {
      assertThat(client.call(id, Wish.none()).status()).as(id).isEqualTo(200);
    }
    assertThat(client.call("listProviders", Wish.none()).body().at("/items")).hasSize(3);
  }

  /** The least that the description asks for is refused for its address, and says so. */
  private static String submitted(DescribedClient client, CrashStand stand)
      throws IOException, InterruptedException {
    Wish wish =
        Wish.with("Idempotency-Key", "mine")
            .member("/target/url", "\"https://git.example.com/acme/payments.git\"")
            .member("/providers", "[\"sonar\"]")
            .member("/callback", "{\"url\": \"%s\"}".formatted(stand.receiver().hook()));
    Got refused = client.call("submitScan", Wish.none().member("/target/url", "\"one\""));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().at("/errors").findValuesAsText("pointer")).contains("/target/url");

    Got scan = client.call("submitScan", wish);
    assertThat(scan.status()).as("%s", scan.body()).isEqualTo(202);
    assertThat(scan.answer().headers().firstValue("Location")).contains(scan.text("/links/self"));
    assertThat(client.call("submitScan", wish).text("/scanId")).isEqualTo(scan.text("/scanId"));
    Got other = client.call("submitScan", wish.member("/project/key", "\"another\""));
    assertThat(other.status()).isIn(202, 422);
    return scan.text("/scanId");
  }

  /** Until its task is launched. */
  private static void followed(DescribedClient client, String scan)
      throws IOException, InterruptedException {
    try (InputStream in = client.open("followScan", Wish.with("id", scan)).body()) {
      upTo(client, "followScan", in, type -> type.endsWith("run.launched"));
    }
  }

  /** Reads a stream up to an event; gives the event's id. */
  private static String upTo(
      DescribedClient client, String call, InputStream in, Predicate<String> wanted)
      throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
    String type = "";
    String id = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event:")) {
        type = line.substring(6).strip();
      } else if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("data:")) {
        client.checkStreamed(call, line.substring(5));
      } else if (line.isEmpty() && wanted.test(type)) {
        return id;
      }
    }
    throw new AssertionError("the stream has ended");
  }

  private static void lists(DescribedClient client, String scan)
      throws IOException, InterruptedException {
    Got one = client.call("getScan", Wish.with("id", scan));
    assertThat(one.text("/runs/0/provider")).isEqualTo("sonar");
    Got page = client.call("listScans", Wish.with("status", one.text("/status")).and("limit", "1"));
    assertThat(page.text("/items/0/scanId")).isEqualTo(scan);
    assertThat(client.call("getScan", Wish.with("id", "none")).status()).isEqualTo(404);
    assertThat(client.call("getReport", Wish.with("id", scan)).status()).isEqualTo(404);
  }

  private static void container(DescribedClient client, CrashStand stand, String scan)
      throws IOException, InterruptedException {
    ScanContainer container = stand.container(scan);
    Wish run = Wish.with("runId", container.runId());
    assertThat(client.call("startRun", run).status()).as("no token").isEqualTo(401);
    client.credential("runToken", container.token());
    assertThat(client.call("startRun", run).status()).isEqualTo(200);
    assertThat(client.call("startRun", run.member("/task", "\"another\"")).status()).isEqualTo(409);
    Got goesOn = client.call("noteProgress", run.member("/percent", "50"));
    assertThat(goesOn.body().at("/cancel").asBoolean(true)).isFalse();
    assertThat(client.call("putReport", run.member("/runs", "7")).status()).isEqualTo(422);
    Wish report =
        run.member("/runs", "[{\"tool\": {\"driver\": {\"name\": \"t\"}}, \"results\": []}]");
    assertThat(client.call("putReport", report).status()).isEqualTo(201);
    assertThat(client.call("putReport", report).status()).isEqualTo(200);
    assertThat(client.call("completeRun", run.member("/exitCode", "0")).status()).isEqualTo(204);
  }

  private static void ended(DescribedClient client, CrashStand stand, String scan)
      throws IOException, InterruptedException {
    String last;
    try (InputStream in = client.open("followScan", Wish.with("id", scan)).body()) {
      last = upTo(client, "followScan", in, type -> type.endsWith("scan.ended"));
    }
    Wish one = Wish.with("id", scan);
    assertThat(client.call("followScan", one.and("Last-Event-ID", last)).status()).isEqualTo(204);
    JsonNode ended = client.call("getScan", one).body();
    assertThat(ended.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(ended.path("verdict").asText()).isEqualTo("PASS");
    Got report = client.call("getReport", one.and("provider", "sonar"));
    assertThat(report.body().at("/runs")).hasSize(1);
    String tag = report.answer().headers().firstValue("ETag").orElseThrow();
    assertThat(
            client
                .call("getReport", one.and("provider", "sonar").and("If-None-Match", tag))
                .status())
        .isEqualTo(304);
    CallbackReceiver.Call webhook = stand.webhook();
    webhook.answer(204);
    client.checkWebhook("scanEnded", webhook.body());
    assertThat(client.call("redeliverScan", one).status()).isEqualTo(202);
    CallbackReceiver.Call again = stand.webhook();
    again.answer(204);
    assertThat(again.said()).isEqualTo(webhook.said());
    assertThat(client.call("cancelScan", one).status()).isEqualTo(409);
  }

  private static void changed(DescribedClient client, CrashStand stand)
      throws IOException, InterruptedException {
    Got second =
        client.call(
            "submitScan",
            Wish.none()
                .member("/target/url", "\"https://git.example.com/acme/payments.git\"")
                .member("/providers", "[\"sonar\"]"));
    Wish one = Wish.with("id", second.text("/scanId"));
    stand.container(second.text("/scanId"));
    assertThat(client.call("cancelScan", one).text("/status")).isEqualTo("CANCELLED");
    assertThat(client.call("redeliverScan", one).status()).as("no callback").isEqualTo(409);
    assertThat(client.call("retryScan", one).status()).isEqualTo(202);
    assertThat(client.call("cancelScan", one).status()).isEqualTo(202);
    assertThat(client.call("listErrors", Wish.with("limit", "10")).status()).isEqualTo(200);
  }

  private static void streams(DescribedClient client) throws IOException, InterruptedException {
    for (String id : List.of("followEvents", "followErrors")) {
      HttpResponse<InputStream> stream = client.open(id, Wish.none());
      try (InputStream in = stream.body()) {
        assertThat(stream.statusCode()).as(id).isEqualTo(200);
        assertThat(in).isNotNull();
      }
    }
  }
}
