package dev.mystical.scanner.benchmarks.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An SQS with one queue and an ECS with one cluster, on one free port of loopback. Lean, since it
 * shares the machine with what is measured: what the servers of {@code consumer-stand} spend on a
 * call is more than what some of the programs do.
 */
public final class Stub implements AutoCloseable {
  private static final String SQS = "AmazonSQS.";
  private static final String ECS = "AmazonEC2ContainerServiceV20141113.";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong requests = new AtomicLong();
  private final Calls calls = new Calls();
  private final StubTasks tasks = new StubTasks();
  private final StubQueue queue;
  private final SqsActions sqs;
  private final EcsActions ecs;

  private Stub(StubRules rules, HttpServer server) {
    this.server = server;
    this.queue = new StubQueue(rules);
    this.sqs = new SqsActions(queue, rules);
    this.ecs = new EcsActions(tasks, rules);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Starts one that has no message and no task. */
  public static Stub start(StubRules rules) {
    // Read once, before the first server is made. By default the server keeps 200 idle connections
    // and drops others without a word.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Stub stub = new Stub(rules, server);
      server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException("the stub has no port", e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public String queueUrl() {
    return queues() + "scans";
  }

  private String queues() {
    return endpoint() + "/123456789012/";
  }

  public StubQueue queue() {
    return queue;
  }

  public StubTasks tasks() {
    return tasks;
  }

  public Calls calls() {
    return calls;
  }

  /** RunTask calls that were throttled. */
  public long throttled() {
    return ecs.throttled();
  }

  /** Lets every call of ECS fail from now on, or no longer. */
  public void ecsDown(boolean down) {
    ecs.down(down);
  }

  private void handle(HttpExchange exchange) throws IOException {
    long at = System.nanoTime();
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Answer answer = answer(target == null ? "" : target, body, at);
      byte[] bytes = Answer.JSON.writeValueAsBytes(answer.body());
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/x-amz-json-1.0");
      headers.set("x-amzn-RequestId", "r-" + requests.incrementAndGet());
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answer(String target, String body, long at)
      throws IOException, InterruptedException {
    String action = target.substring(target.lastIndexOf('.') + 1);
    calls.count(action);
    JsonNode request = Answer.JSON.readTree(body);
    if (target.startsWith(SQS)) {
      return sqs.answer(action, request, queues());
    }
    if (target.startsWith(ECS)) {
      return ecs.answer(action, request, body, at);
    }
    return Answer.error(400, "UnknownOperationException", target);
  }

  /** Ends every call under way. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
