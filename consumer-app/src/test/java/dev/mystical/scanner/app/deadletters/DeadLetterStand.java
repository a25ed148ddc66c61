package dev.mystical.scanner.app.deadletters;

import dev.mystical.scanner.app.loop.MonotonicClock;
import dev.mystical.scanner.aws.AwsAccess;
import dev.mystical.scanner.aws.AwsClients;
import dev.mystical.scanner.aws.AwsConnection;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.feed.StreamReader;
import dev.mystical.scanner.redis.ledger.LedgerTerms;
import dev.mystical.scanner.redis.ledger.RedisScanLedger;
import dev.mystical.scanner.stand.RedisServer;
import dev.mystical.scanner.stand.SqsProxy;
import dev.mystical.scanner.stand.SqsServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** A scan queue whose messages die at their second receive, and a ledger that has lost nothing. */
public final class DeadLetterStand implements AutoCloseable {
  /** Servers that many stands share. */
  public record Servers(SqsServer sqs, RedisServer redis) implements AutoCloseable {
    public static Servers start() throws InterruptedException {
      return new Servers(SqsServer.start(), RedisServer.start());
    }

    @Override
    public void close() {
      redis.close();
      sqs.close();
    }
  }

  private final String prefix = "test-" + UUID.randomUUID();
  private final Servers servers;
  private final SqsProxy proxy;
  private final AwsClients aws;
  private final RedisConnection redis;
  private final RedisKeys keys = new RedisKeys(prefix);
  private final String deadLetters;
  private final String scans;
  private final SqsClient client;

  private DeadLetterStand(Servers servers) throws InterruptedException {
    this.servers = servers;
    this.proxy = SqsProxy.before(servers.sqs().endpoint());
    this.aws =
        AwsClients.open(
            new AwsConnection(
                "us-east-1",
                new AwsConnection.Endpoints(
                    Optional.of(proxy.endpoint()), Optional.empty(), Optional.empty()),
                new AwsAccess.Keys("AKIAEXAMPLE", "example-secret", Optional.empty()),
                4));
    this.redis =
        RedisConnection.open(
            RedisAddress.parse(servers.redis().uri().toString()),
            4,
            new MonotonicClock(InstantSource.system().instant(), System::nanoTime));
    this.deadLetters = servers.sqs().createQueue("dead-" + prefix, Duration.ofSeconds(30));
    this.scans =
        servers.sqs().createQueueWithDeadLetters("scans-" + prefix, Duration.ZERO, 1, deadLetters);
    this.client =
        SqsClient.builder()
            .endpointOverride(servers.sqs().endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
    redis.ask(jedis -> jedis.set(keys.reconciled(), "1"));
  }

  public static DeadLetterStand on(Servers servers) throws InterruptedException {
    return new DeadLetterStand(servers);
  }

  /** Sends a message that nobody can work on, and waits until SQS has given it up. */
  public MessageId die(String body) throws InterruptedException {
    MessageId id = aws.sender(proxy.queueUrl(scans)).send(body, Map.of());
    receive();
    if (!receive().isEmpty()) {
      throw new AssertionError(id + " lives");
    }
    return id;
  }

  /** What is on the scan queue, which nobody is to wait for. */
  public List<Message> receive() {
    return client
        .receiveMessage(it ->
            it.queueUrl(scans)
                .maxNumberOfMessages(10)
                .waitTimeSeconds(0)
                .messageAttributeNames("All"))
        .messages();
  }

  public DeadLetterBox deadLetters() {
    return aws.deadLetterBox(proxy.queueUrl(deadLetters));
  }

  /** Where the server copies poison to. */
  public DeadLetters copies() {
    return aws.deadLetters(Optional.of(proxy.queueUrl(deadLetters)));
  }

  public SqsProxy sqs() {
    return proxy;
  }

  public ScanLedger ledger() {
    return new RedisScanLedger(
        redis,
        keys,
        new ErrorStamp("test", InstantSource.system(), new Redactor(List.of())),
        LedgerTerms.keeping(Duration.ofDays(7)));
  }

  /** A watch as one replica has it. */
  public DeadLetterWatch watch() {
    InstantSource clock = InstantSource.system();
    return new DeadLetterWatch(
        new DeadLetterWatch.Parts(
            new DeadLetterSource(
                aws.queue(proxy.queueUrl(scans)), Optional.empty(), aws::deadLetterBox),
            Requests.DECODER,
            Optional.empty(),
            ledger(),
            new RecordingErrorFeed(clock, new Redactor(List.of()))),
        clock);
  }

  /** The errors that were told, oldest first. */
  public List<ErrorEntry> errors() throws InterruptedException {
    return StreamReader.errors(redis, keys).newest(1000).reversed().stream()
        .map(Streamed::value)
        .toList();
  }

  /** The settings that lead here. */
  public Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("CONSUMER_QUEUE_URL", proxy.queueUrl(scans)),
        Map.entry("AWS_ACCESS_KEY", "AKIAEXAMPLE"),
        Map.entry("AWS_SECRET_KEY", "example-secret"),
        Map.entry("AWS_REGION", "us-east-1"),
        Map.entry("AWS_ENDPOINT_URL_SQS", proxy.endpoint().toString()),
        Map.entry("CLUSTER_NAME", "scans"),
        Map.entry("TASK_DEFINITION_SONAR", "sonar"),
        Map.entry("CONTAINER_SONAR", "scanner"),
        Map.entry("REDIS_URL", servers.redis().uri().toString()),
        Map.entry("REDIS_PREFIX", prefix));
  }

  @Override
  public void close() {
    redis.close();
    client.close();
    aws.close();
    proxy.close();
  }
}
