package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.wire.report.ReportFormat;
import dev.mystical.scanner.wire.report.ReportLimits;
import dev.mystical.scanner.wire.report.ReportOutcome;
import dev.mystical.scanner.wire.report.ReportReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * The server as a container sees it: the four calls of one run, by the rules of the contract, with
 * the real reader of reports. Tests may put other answers in front. It looks for the token where it
 * must not be, each time that a call is under way.
 */
final class RunServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RUN = "scan-1.grep";
  static final String TOKEN = "1900000000.c2VjcmV0LW9mLXRoZS1ydW4tbm90LXRvLWJlLXNlZW4";

  private final HttpsServer server;
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final List<String> leaks = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Answer>> scripted = new ConcurrentHashMap<>();
  private final Map<String, String> stored = new ConcurrentHashMap<>();

  /**
   * One call that came.
   *
   * @param text its body, unpacked, each byte a character
   */
  record Call(String name, String type, String text) {
    byte[] bytes() {
      return text.getBytes(ISO_8859_1);
    }

    JsonNode json() {
      try {
        return JSON.readTree(bytes());
      } catch (IOException e) {
        throw new AssertionError(name + " is no JSON: " + text, e);
      }
    }
  }

  private record Answer(int status, String body) {}

  private RunServer(HttpsServer server) {
    this.server = server;
    server.createContext("/v1/runs/" + RUN + "/", this::handle);
    server.start();
  }

  static RunServer start() throws IOException {
    return start(0);
  }

  static RunServer start(int port) throws IOException {
    return new RunServer(Tls.server(port));
  }

  /** The variables by which a container finds this server and its run. */
  static Map<String, String> order(int port) {
    Map<String, String> order = new HashMap<>();
    order.put("SCAN_CONTRACT", "1");
    order.put("SCAN_ID", "scan-1");
    order.put("SCAN_RUN_ID", RUN);
    order.put("SCAN_ATTEMPT", "2");
    order.put("SCAN_PROVIDER", "grep");
    order.put("SCAN_PROJECT_KEY", "shop");
    order.put("SCAN_API_URL", "https://127.0.0.1:" + port);
    order.put("SCAN_TOKEN", TOKEN);
    order.put("SCAN_SEALED", "sealed-request");
    return order;
  }

  Map<String, String> order() {
    return order(server.getAddress().getPort());
  }

  /** The next call of this name gets this answer; several stand in line. */
  RunServer answers(String call, int status, String body) {
    scripted
        .computeIfAbsent(call, unused -> new ConcurrentLinkedQueue<>())
        .add(new Answer(status, body));
    return this;
  }

  RunServer answers(String call, int status) {
    return answers(call, status, "{}");
  }

  /** Waits for a call of this name; those before it are passed over. */
  Call await(String name) throws InterruptedException {
    Call call;
    do {
      call = calls.poll(60, TimeUnit.SECONDS);
      assertThat(call).as("a call to " + name).isNotNull();
    } while (!call.name().equals(name));
    return call;
  }

  /** The calls that have come and that nobody waited for. */
  Queue<Call> others() {
    Queue<Call> others = new ArrayDeque<>();
    calls.drainTo(others);
    return others;
  }

  /** Where the token was seen. */
  List<String> leaks() {
    return List.copyOf(leaks);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      leaks.addAll(Leaks.of(TOKEN));
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String name = path.substring(path.lastIndexOf('/') + 1);
      var headers = exchange.getRequestHeaders();
      if ("gzip".equals(headers.getFirst("Content-Encoding"))) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
          body = in.readAllBytes();
        }
      }
      boolean known = ("Bearer " + TOKEN).equals(headers.getFirst("Authorization"));
      Call call =
          new Call(
              name,
              Optional.ofNullable(headers.getFirst("Content-Type")).orElse(""),
              new String(body, ISO_8859_1));
      Answer answer = known ? answer(call, exchange.getRequestMethod()) : new Answer(401, "{}");
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      calls.add(call);
    }
  }

  private Answer answer(Call call, String method) throws IOException {
    Queue<Answer> line = scripted.get(call.name());
    Answer next = line == null ? null : line.poll();
    if (next != null) {
      return next;
    }
    return switch (method + " " + call.name()) {
      case "POST start" -> started(call.json().path("task").asText());
      case "POST progress" -> new Answer(200, "{\"cancel\": false}");
      case "PUT report" -> reported(call);
      case "POST complete" -> new Answer(204, "");
      default -> new Answer(404, "{}");
    };
  }

  private Answer started(String task) {
    String first = stored.computeIfAbsent("task", unused -> task);
    return first.equals(task)
        ? new Answer(200, "{\"deadline\": \"2096-11-23T10:00:00Z\", \"tenant\": \"acme-1\"}")
        : new Answer(409, "{}");
  }

  private Answer reported(Call call) throws IOException {
    if (stored.containsKey("report")) {
      return new Answer(stored.get("report").equals(call.text()) ? 200 : 409, "{}");
    }
    Optional<ReportFormat> format = ReportFormat.of(call.type());
    if (format.isEmpty()) {
      return new Answer(415, "{}");
    }
    return switch (read(call.bytes(), format.get())) {
      case ReportOutcome.Read read -> {
        stored.put("report", call.text());
        stored.put("coverage", read.summary().coverage().name());
        yield new Answer(201, "{}");
      }
      case ReportOutcome.Unreadable unreadable -> new Answer(422, "{\"detail\": \"unreadable\"}");
      case ReportOutcome.TooLarge large -> new Answer(413, "{}");
    };
  }

  static ReportOutcome read(byte[] report, ReportFormat format) throws IOException {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    return new ReportReader(ReportLimits.STANDARD, List.of(), scratch)
        .read(() -> new ByteArrayInputStream(report), format, OutputStream.nullOutputStream());
  }

  /** How much of the project the stored report has looked at; empty while there is none. */
  Optional<Coverage> coverage() {
    return Optional.ofNullable(stored.get("coverage")).map(Coverage::valueOf);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
