package dev.mystical.scanner.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * An SQS on loopback inside this process: ElasticMQ on a free port.
 *
 * <p>Differs from AWS in ways that tests must know: a receipt handle that is no longer the newest
 * is refused on delete (AWS accepts it), there is no access control, and nothing is throttled. Put
 * an {@link SqsProxy} in front to count calls and to make it fail. Safe for use by many threads.
 */
public final class SqsServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(20);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

  private static final String PEKKO =
      """
      pekko.loglevel = WARNING
      pekko.stdout-loglevel = WARNING
      # A long poll takes 20 s; ElasticMQ's own 21 s is too close to it on a busy machine.
      pekko.http.server.request-timeout = 60 s
      pekko.http.server.idle-timeout = 120 s
      pekko.http.server.max-connections = 8192
      # No hook of its own: whoever started the server closes it, in his order.
      pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
      pekko.jvm-shutdown-hooks = off
      pekko.daemonic = on
      """;

  private final ActorSystem actors;
  private final URI endpoint;
  private final JsonMapper json = new JsonMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private SqsServer(ActorSystem actors, URI endpoint) {
    this.actors = actors;
    this.endpoint = endpoint;
  }

  /** Starts a server with no queues; it accepts calls when this returns. */
  public static SqsServer start() {
    Config config = ConfigFactory.parseString(PEKKO).withFallback(ConfigFactory.load());
    ActorSystem actors = ActorSystem.create("sqs", config, SqsServer.class.getClassLoader());
    try {
      // The port is chosen first, because the queues' addresses are made from the server's address.
      int port = FreePort.onLoopback();
      SQSRestServer server =
          SQSRestServerBuilder.withActorSystem(actors)
              .withInterface(HOST)
              .withPort(port)
              .withServerAddress(new NodeAddress("http", HOST, port, ""))
              .start();
      server.waitUntilStarted();
      return new SqsServer(actors, URI.create("http://" + HOST + ":" + port));
    } catch (RuntimeException e) {
      var unused = actors.terminate();
      throw e;
    }
  }

  /** Where SQS clients connect to. */
  public URI endpoint() {
    return endpoint;
  }

  /** Makes a standard queue with no redrive policy and returns its URL. */
  public String createQueue(String name, Duration visibility) throws InterruptedException {
    return create(name, attributes(visibility));
  }

  /** Makes a queue whose messages go to {@code deadLetterUrl} after {@code maxReceiveCount}. */
  public String createQueueWithDeadLetters(
      String name, Duration visibility, int maxReceiveCount, String deadLetterUrl)
      throws InterruptedException {
    ObjectNode redrive = json.createObjectNode();
    redrive.put("deadLetterTargetArn", queueArn(deadLetterUrl));
    redrive.put("maxReceiveCount", maxReceiveCount);
    ObjectNode attributes = attributes(visibility);
    attributes.put("RedrivePolicy", redrive.toString());
    return create(name, attributes);
  }

  /** The ARN of a queue of this server. */
  public String queueArn(String queueUrl) throws InterruptedException {
    ObjectNode request = json.createObjectNode();
    request.put("QueueUrl", queueUrl);
    request.putArray("AttributeNames").add("QueueArn");
    return call("GetQueueAttributes", request).path("Attributes").path("QueueArn").asText();
  }

  private ObjectNode attributes(Duration visibility) {
    ObjectNode attributes = json.createObjectNode();
    attributes.put("VisibilityTimeout", Long.toString(visibility.toSeconds()));
    return attributes;
  }

  private String create(String name, ObjectNode attributes) throws InterruptedException {
    ObjectNode request = json.createObjectNode();
    request.put("QueueName", name);
    request.set("Attributes", attributes);
    return call("CreateQueue", request).path("QueueUrl").asText();
  }

  private JsonNode call(String action, ObjectNode body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(CALL_DEADLINE)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + action)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalArgumentException(action + " refused: " + answer.body());
      }
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(action + " on " + endpoint + " failed", e);
    }
  }

  /** Stops the server; its queues and messages are gone. */
  @Override
  public void close() {
    http.shutdownNow();
    // Not the server's own stop, which waits for the end of every long poll under way.
    var unused = actors.terminate();
    awaitActors();
  }

  private void awaitActors() {
    try {
      var unused =
          actors
              .getWhenTerminated()
              .toCompletableFuture()
              .get(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("ElasticMQ did not stop within " + STOP_DEADLINE, e);
    }
  }
}
