package dev.mystical.scanner.app.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Plays the API, by scripts, on a port of its own. */
public final class FakeApi implements AutoCloseable {
  /** A request that was received. */
  public record Seen(String call, Headers headers, String body) {
    public String header(String name) {
      return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }
  }

  /** One answer. */
  @FunctionalInterface
  public interface Script {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  // Each queue is guarded by itself.
  private final Map<String, Deque<Script>> scripts = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  private FakeApi(HttpServer server) {
    this.server = server;
  }

  public static FakeApi start() throws IOException {
    FakeApi api =
        new FakeApi(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    api.server.setExecutor(api.threads);
    api.server.createContext("/", api::handle);
    api.server.start();
    return api;
  }

  /** Answers calls such as {@code GET /v1/scans/s1} one after the other; the last one stays. */
  public FakeApi on(String call, Script... answers) {
    scripts.put(call, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Seen> seen(String call) {
    return seen.stream().filter(it -> it.call().equals(call)).toList();
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** An answer with headers, each followed by its value. */
  public static Script answer(int status, String body, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  public static Script json(int status, String body) {
    return answer(status, body, "Content-Type", "application/json");
  }

  public static Script sarif(String body) {
    return answer(200, body, "Content-Type", "application/sarif+json");
  }

  /** Events, and then the end of the stream. */
  public static Script events(String text) {
    return answer(200, text, "Content-Type", "text/event-stream");
  }

  /** Begins an answer, and goes no further until the server ends. */
  public Script stuck(String beginning, String type) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      out.write(beginning.getBytes(UTF_8));
      out.flush();
      end.await();
    };
  }

  /** Ends the connection in place of an answer. */
  public static void hangUp(HttpExchange exchange) {
    exchange.close();
  }

  /** Says nothing at all until the server ends. */
  public Script silent() {
    return exchange -> end.await();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      seen.add(new Seen(call, exchange.getRequestHeaders(), body));
      next(call).answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Script next(String call) {
    Deque<Script> left = scripts.getOrDefault(call, new ArrayDeque<>());
    synchronized (left) {
      return switch (left.size()) {
        case 0 -> json(404, "{\"title\":\"Not Found\",\"status\":404}");
        case 1 -> left.getFirst();
        default -> left.removeFirst();
      };
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
