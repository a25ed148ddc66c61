package dev.mystical.scanner.stand.ecs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener on loopback: one virtual thread a request. */
final class HttpFront implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HttpFront.class);

  /** Longer than any client waits. */
  private static final Duration HANGING = Duration.ofMinutes(10);

  static {
    // Read once by the server's class: more than 200 idle connections would be cut off, and any
    // after
    // 30 s, sooner than the SDK gives one up (60 s): its next call would meet a closed connection.
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "2000");
    setUnlessSet("sun.net.httpserver.idleInterval", "300");
    setUnlessSet("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ecs-call-", 0).factory());
  private final CountDownLatch closed = new CountDownLatch(1);

  private static void setUnlessSet(String flag, String value) {
    if (System.getProperty(flag) == null) {
      System.setProperty(flag, value);
    }
  }

  HttpFront(Function<Call, Reply> ecs, StandAddress stand) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, () -> ecs.apply(Call.read(exchange))));
    server.createContext("/_stand/", exchange -> serve(exchange, () -> ask(stand, exchange)));
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private interface Answer {
    Reply get() throws IOException;
  }

  private static Reply ask(StandAddress stand, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/_stand/".length());
    String body = new String(exchange.getRequestBody().readNBytes(1 << 20), UTF_8);
    return stand.answer(exchange.getRequestMethod(), path, body);
  }

  private void serve(HttpExchange exchange, Answer answer) {
    // Closing an exchange that has no answer closes its connection.
    try (exchange) {
      Reply reply = answer.get();
      if (reply instanceof Reply.Hang) {
        pause(HANGING);
      }
      if (reply instanceof Reply.Send send) {
        pause(send.delay());
        send(exchange, send);
      }
    } catch (IOException e) {
      log.debug("event=stand-caller-left", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(Duration time) throws InterruptedException {
    if (time.isPositive() && closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      log.debug("event=stand-closed-while-waiting");
    }
  }

  private static void send(HttpExchange exchange, Reply.Send reply) throws IOException {
    byte[] body = reply.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
