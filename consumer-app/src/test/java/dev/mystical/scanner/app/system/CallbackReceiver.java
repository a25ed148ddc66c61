package dev.mystical.scanner.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets webhooks, and answers each of them when it is told to, and as it is told to. */
final class CallbackReceiver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackReceiver.class);

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  CallbackReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  /** A webhook that waits for its answer. */
  record Call(String id, String signature, String body, CompletableFuture<Integer> status) {
    void answer(int code) {
      status.complete(code);
    }

    /** What must be the same each time. */
    String said() {
      return id + "\n" + body;
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Where it takes webhooks. */
  String hook() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  /** The next webhook, which then waits for its answer. */
  Call take(Duration atMost) throws InterruptedException {
    Call call = calls.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (call == null) {
      throw new AssertionError("no webhook came within " + atMost);
    }
    return call;
  }

  boolean idle() {
    return calls.isEmpty();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call =
          new Call(
              header(exchange, "webhook-id"),
              header(exchange, "webhook-signature"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8),
              new CompletableFuture<>());
      calls.add(call);
      int status = call.status().join();
      if (status / 100 == 3) {
        exchange.getResponseHeaders().set("Location", hook());
      }
      exchange.sendResponseHeaders(status, -1);
    } catch (IOException gone) {
      LOG.debug("event=sender-gone cause={}", gone.toString());
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
