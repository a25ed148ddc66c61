package dev.mystical.scanner.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.local.scanner.Findings;
import dev.mystical.scanner.local.scanner.FindingsTable;
import dev.mystical.scanner.local.scanner.LocalProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Scans the sample project for real, as a client of the API, and tells each step. */
final class Demo {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPES = "dev.mystical.scanner.";

  private final LocalStand stand;
  private final URI api;
  private final Path sample;
  private final Voice voice;
  private final HttpClient http = HttpClient.newHttpClient();

  Demo(LocalStand stand, URI api, Path sample, Voice voice) {
    this.stand = stand;
    this.api = api;
    this.sample = sample;
    this.voice = voice;
  }

  /** Answers whether every scanner did its work. */
  boolean run() throws InterruptedException {
    try (http) {
      JsonNode accepted = json(send(request(), HttpResponse.BodyHandlers.ofString()));
      String self = accepted.path("links").path("self").asText();
      voice.say(Voice.Tone.STEP, "api", "request sent for " + sample + "; scan " + self);
      follow(self);
      JsonNode scan = json(get(self));
      return report(self, scan);
    } catch (IOException trouble) {
      voice.say(Voice.Tone.BAD, "api", String.valueOf(trouble.getMessage()));
      return false;
    }
  }

  private HttpRequest request() {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("project").put("key", "vulnerable-java").put("name", "Vulnerable sample");
    request.putObject("target").put("type", "path").put("path", sample.toString());
    List<String> wanted =
        stand.providers().stream().filter(LocalProvider::isReady).map(LocalProvider::id).toList();
    wanted.forEach(request.putArray("providers")::add);
    return HttpRequest.newBuilder(api.resolve("/v1/scans"))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
        .build();
  }

  /** Tells each event until the stream ends, which is with the scan. */
  private void follow(String self) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve(self + "/events")).timeout(PATIENCE).build();
    try (InputStream stream = send(request, HttpResponse.BodyHandlers.ofInputStream());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String type = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          type = line.substring("event: ".length()).replace(TYPES, "");
        } else if (line.startsWith("data: ")) {
          tell(type, JSON.readTree(line.substring("data: ".length())).path("data"));
        }
      }
    }
  }

  private void tell(String type, JsonNode data) {
    String who = data.path("provider").asText("scan");
    String how = type.endsWith("ended") ? ": " + data.path("status").asText() : "";
    voice.say(Voice.Tone.STEP, who, type + how);
  }

  private boolean report(String self, JsonNode scan) throws IOException, InterruptedException {
    for (JsonNode run : scan.path("runs")) {
      String provider = run.path("provider").asText();
      if (run.path("report").isMissingNode()) {
        voice.say(
            Voice.Tone.BAD,
            provider,
            "%s: %s"
                .formatted(
                    run.path("status").asText(), run.path("error").path("message").asText()));
      } else {
        voice.show("");
        voice.say(Voice.Tone.GOOD, provider, "findings, worst first:");
        voice.show(table(get(self + "/report?provider=" + provider)));
      }
    }
    voice.say(
        Voice.Tone.STEP,
        "scan",
        "%s, coverage %s, verdict %s"
            .formatted(
                scan.path("status").asText(),
                scan.path("coverage").asText(),
                scan.path("verdict").asText()));
    voice.say(Voice.Tone.QUIET, "scan", "its report was at " + api.resolve(self + "/report"));
    return scan.path("status").asText().equals("SUCCEEDED");
  }

  private String table(String sarif) throws IOException {
    Path file = Files.createTempFile("demo-", ".sarif");
    try {
      Files.writeString(file, sarif);
      return new FindingsTable(voice.coloured()).of(Findings.read(file));
    } finally {
      Files.delete(file);
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(api.resolve(path)).timeout(PATIENCE).build();
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  private <T> T send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    HttpResponse<T> answer = http.send(request, body);
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "%s answered %d: %s".formatted(request.uri(), answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private static JsonNode json(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the API answers JSON", e);
    }
  }
}
