package dev.mystical.scanner.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between SQS clients and an {@link SqsServer}: counts the calls, refuses batches that AWS
 * refuses, and fails as ordered. Actions are named as in the API: {@code ReceiveMessage}, {@code
 * DeleteMessageBatch}. Faults ordered for one action are used up in order, one a call. Safe for use
 * by many threads.
 *
 * <p>A client that leaves in the middle of a long poll is not noticed before the poll ends: as with
 * AWS, a message may then have been handed out to nobody, and returns after its visibility timeout.
 */
public final class SqsProxy implements AutoCloseable {

  private static final Set<String> ANSWERS_WITH_ADDRESSES =
      Set.of("CreateQueue", "GetQueueUrl", "ListQueues", "ListDeadLetterSourceQueues");

  static {
    // By default the JDK's server drops idle connections beyond 200, in a client's face.
    if (System.getProperty("sun.net.httpserver.maxIdleConnections") == null) {
      System.setProperty("sun.net.httpserver.maxIdleConnections", "4000");
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(SqsProxy.class);

  private final SqsUpstream upstream;
  private final CallCounts counts = new CallCounts();
  private final Map<String, String> lastBodies = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Map<String, Deque<SqsFault>> faults = new HashMap<>();
  // Guarded by lock; null while there is an outage.
  private @Nullable Listener listener;
  private final URI endpoint;

  /** A listening server and the threads of its calls. */
  private record Listener(HttpServer server, ExecutorService calls) {
    void stop() {
      calls.shutdownNow();
      server.stop(0);
    }
  }

  private SqsProxy(SqsUpstream upstream) {
    this.upstream = upstream;
    this.listener = listen(0);
    InetSocketAddress address = listener.server().getAddress();
    this.endpoint = URI.create("http://127.0.0.1:" + address.getPort());
  }

  /** Starts a proxy on a free port in front of {@code server}. */
  public static SqsProxy before(URI server) {
    return new SqsProxy(new SqsUpstream(server));
  }

  /** Where clients connect to. */
  public URI endpoint() {
    return endpoint;
  }

  /** The address by which a queue of the server behind is reached through this proxy. */
  public String queueUrl(String upstreamUrl) {
    return endpoint + URI.create(upstreamUrl).getPath();
  }

  /** Orders {@code fault} for the next {@code calls} calls of {@code action}. */
  public void next(String action, int calls, SqsFault fault) {
    lock.lock();
    try {
      Deque<SqsFault> ordered = faults.computeIfAbsent(action, key -> new ArrayDeque<>());
      for (int i = 0; i < calls; i++) {
        ordered.add(fault);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all faults that have not been used. */
  public void clearFaults() {
    lock.lock();
    try {
      faults.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Calls of one action that arrived, failed ones with them. */
  public int calls(String action) {
    return counts.of(action);
  }

  /** Calls that arrived, by action. */
  public Map<String, Integer> calls() {
    return counts.all();
  }

  /** The request of the newest call of one action; empty where there was none. */
  public String lastBody(String action) {
    return lastBodies.getOrDefault(action, "");
  }

  /** Starts counting anew. */
  public void resetCalls() {
    counts.reset();
  }

  /** Waits until {@code least} calls of {@code action} have arrived; false after {@code limit}. */
  public boolean awaitCalls(String action, int least, Duration limit) throws InterruptedException {
    return counts.await(action, least, limit);
  }

  /** Cuts every connection and refuses new ones until {@link #heal}. */
  public void outage() {
    lock.lock();
    try {
      if (listener != null) {
        listener.stop();
        listener = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends an outage: listens on the same port again. */
  public void heal() {
    lock.lock();
    try {
      if (listener == null) {
        listener = listen(endpoint.getPort());
      }
    } finally {
      lock.unlock();
    }
  }

  private Listener listen(int port) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      HttpServer server = HttpServer.create(address, 1_000);
      ExecutorService calls =
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sqs-proxy-", 0).factory());
      server.setExecutor(calls);
      server.createContext("/", this::handle);
      server.start();
      return new Listener(server, calls);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  private void handle(HttpExchange exchange) {
    // Closing an exchange that has not been answered cuts the connection.
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String action = action(exchange);
      lastBodies.put(action, body);
      counts.add(action);
      Optional<SqsAnswer> answer = answer(action, exchange, body);
      if (answer.isPresent()) {
        send(exchange, answer.get());
      }
    } catch (IOException | InterruptedException cut) {
      // The client has left, the server behind is gone, or an outage began: cut the connection.
      LOG.debug("event=call-cut cause={}", cut.toString());
    }
  }

  private static String action(HttpExchange exchange) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    return target == null ? "other" : target.substring(target.indexOf('.') + 1);
  }

  private Optional<SqsAnswer> answer(String action, HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    SqsFault fault = pollFault(action);
    return switch (fault) {
      case null -> Optional.of(pass(action, exchange, body));
      case SqsFault.Refuse(String type, int status) -> Optional.of(SqsAnswer.error(type, status));
      case SqsFault.Cut() -> Optional.empty();
      case SqsFault.DropAnswer() -> {
        pass(action, exchange, body);
        yield Optional.empty();
      }
      case SqsFault.FailEntries entries ->
          Optional.of(
              upstream.sendWithout(
                  entries, exchange.getRequestURI(), exchange.getRequestHeaders(), body));
      case SqsFault.Repeat() -> Optional.of(pass(action, exchange, body).repeated(body));
      case SqsFault.Delay(Duration time) -> {
        Thread.sleep(time);
        yield Optional.of(pass(action, exchange, body));
      }
      case SqsFault.Hold hold -> {
        SqsAnswer answer = pass(action, exchange, body);
        hold.reached().countDown();
        hold.released().await();
        yield Optional.of(answer);
      }
    };
  }

  private @Nullable SqsFault pollFault(String action) {
    lock.lock();
    try {
      Deque<SqsFault> ordered = faults.get(action);
      return ordered == null ? null : ordered.poll();
    } finally {
      lock.unlock();
    }
  }

  private SqsAnswer pass(String action, HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    if (action.endsWith("Batch")) {
      JsonNode entries = SqsAnswer.JSON.readTree(body).path("Entries");
      Optional<String> broken = BatchRules.broken(entries);
      if (broken.isPresent()) {
        return SqsAnswer.error(broken.get(), 400);
      }
    }
    SqsAnswer answer = upstream.send(exchange.getRequestURI(), exchange.getRequestHeaders(), body);
    return ANSWERS_WITH_ADDRESSES.contains(action)
        ? upstream.readdressed(answer, endpoint)
        : answer;
  }

  private static void send(HttpExchange exchange, SqsAnswer answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops listening; calls on their way are cut. */
  @Override
  public void close() {
    outage();
    upstream.close();
  }
}
