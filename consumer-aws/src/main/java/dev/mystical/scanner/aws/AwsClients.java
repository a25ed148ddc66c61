package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.TaskLauncher;
import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.ScanQueue;
import dev.mystical.scanner.domain.supervise.TaskSweep;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * SQS and ECS, as one process uses them: everything is made here, over one pool of connections, and
 * is of use until {@link #close()}. Safe for use by many threads.
 *
 * <p>The SDK takes its retries and deadlines by client, not by call, hence two clients a service:
 *
 * <ul>
 *   <li>receives, launches and the supervisors' looks and stops are not retried by the SDK: the
 *       loops around them have the pace, and one call of theirs must be one request, or the shared
 *       pace would count wrong;
 *   <li>all other calls may be repeated at will, and are, a few times ("standard"). "Adaptive" is
 *       never used: it delays first tries, and was made for one resource a client.
 * </ul>
 */
public final class AwsClients implements AutoCloseable {
  private static final int TRIES = 3;

  private final Deadlines deadlines;
  private final CallMetrics metrics;
  private final ScheduledExecutorService timer = timer();
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final SqsClient polling;
  private final SqsClient sqs;
  private final EcsClient paced;
  private final EcsClient ecs;

  private AwsClients(AwsConnection connection, Deadlines deadlines, AwsCallListener listener) {
    this.deadlines = deadlines;
    this.metrics = new CallMetrics(listener);
    http = http(connection, deadlines);
    credentials = credentials(connection.access());
    Optional<URI> sqsAddress = connection.endpoints().forSqs();
    Optional<URI> ecsAddress = connection.endpoints().forEcs();
    polling = client(SqsClient.builder(), connection, sqsAddress, once(deadlines.receive()));
    sqs = client(SqsClient.builder(), connection, sqsAddress, standard());
    paced = client(EcsClient.builder(), connection, ecsAddress, once(deadlines.launch()));
    ecs = client(EcsClient.builder(), connection, ecsAddress, standard());
  }

  /** Opens the pool; connects to nothing yet. */
  public static AwsClients open(AwsConnection connection) {
    return open(connection, call -> {});
  }

  /** Opens the pool; connects to nothing yet. */
  public static AwsClients open(AwsConnection connection, AwsCallListener listener) {
    return open(connection, Deadlines.STANDARD, listener);
  }

  static AwsClients open(AwsConnection connection, Deadlines deadlines, AwsCallListener listener) {
    return new AwsClients(connection, deadlines, listener);
  }

  /** The queue at that URL. */
  public ScanQueue queue(String url) {
    return new SqsScanQueue(polling, sqs, url, deadlines.longPoll());
  }

  /**
   * Asks the queue at that URL for its settings, to know whether it answers; throws {@code
   * QueueUnavailable} where it does not. One call, which the right to ask it is enough for.
   */
  public void ask(String url) throws InterruptedException {
    QueueAttributes unused = QueueAttributes.read(sqs, url);
  }

  /** The queue for poison at that URL, if there is one. */
  public DeadLetters deadLetters(Optional<String> url) {
    return url.<DeadLetters>map(it -> new SqsDeadLetters(sender(it))).orElseGet(NoDeadLetters::new);
  }

  /** What lies in the dead-letter queue at that URL. */
  public DeadLetterBox deadLetterBox(String url) {
    return new SqsDeadLetterBox(sqs, url);
  }

  /** Sends to the queue at that URL. */
  public SqsSender sender(String url) {
    return new SqsSender(sqs, url);
  }

  public TaskLauncher launcher() {
    return new EcsTaskLauncher(paced);
  }

  /** It remembers what task definitions say, so one serves a whole process. */
  public TaskWatcher watcher() {
    return watcher(InstantSource.system());
  }

  TaskWatcher watcher(InstantSource clock) {
    return new EcsTaskWatcher(paced, new LogLinks(paced, clock));
  }

  public TaskSweep sweep() {
    return new EcsTaskSweep(paced);
  }

  public TaskReader tasks() {
    return new EcsTaskReader(ecs);
  }

  public SqsCheck queueCheck() {
    return new SqsCheck(sqs);
  }

  public EcsCheck clusterCheck() {
    return new EcsCheck(ecs);
  }

  /** Ends every connection, also those in use. Close it when no thread calls any more. */
  @Override
  public void close() {
    polling.close();
    sqs.close();
    paced.close();
    ecs.close();
    if (credentials instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
    http.close();
    timer.shutdownNow();
  }

  /** One for all clients; left to itself each makes one with five threads. */
  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            2, Thread.ofPlatform().daemon().name("aws-deadline-", 0).factory());
    // Else the deadline of each call that has ended would stay until it is reached.
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static SdkHttpClient http(AwsConnection connection, Deadlines deadlines) {
    return Apache5HttpClient.builder()
        .maxConnections(connection.maxConnections())
        .connectionTimeout(Duration.ofSeconds(3))
        .connectionAcquisitionTimeout(Duration.ofSeconds(5))
        // Silence within an answer. A long poll is silent up to its end, so its own deadline comes
        // first.
        .socketTimeout(deadlines.receive().plusSeconds(2))
        // Load balancers cut idle connections after a minute or more.
        .connectionMaxIdleTime(Duration.ofSeconds(30))
        // So that a change of AWS's addresses is noticed.
        .connectionTimeToLive(Duration.ofMinutes(5))
        .useIdleConnectionReaper(true)
        .tcpKeepAlive(true)
        .build();
  }

  private static AwsCredentialsProvider credentials(AwsAccess access) {
    return switch (access) {
      // Refreshed ahead of time by a thread of its own, so that no call waits for it.
      case AwsAccess.DefaultChain() ->
          DefaultCredentialsProvider.builder().asyncCredentialUpdateEnabled(true).build();
      case AwsAccess.Keys keys ->
          StaticCredentialsProvider.create(
              keys.sessionToken().isPresent()
                  ? AwsSessionCredentials.create(
                      keys.accessKey(), keys.secretKey(), keys.sessionToken().get())
                  : AwsBasicCredentials.create(keys.accessKey(), keys.secretKey()));
    };
  }

  // Without retries the call's deadline is that of its one try; two timers for the same moment
  // would race.
  private ClientOverrideConfiguration once(Duration deadline) {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(AwsRetryStrategy.doNotRetry())
        .scheduledExecutorService(timer)
        .addMetricPublisher(metrics)
        .apiCallTimeout(deadline)
        .build();
  }

  private ClientOverrideConfiguration standard() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(TRIES).build())
        .scheduledExecutorService(timer)
        .addMetricPublisher(metrics)
        .apiCallAttemptTimeout(deadlines.attempt())
        .apiCallTimeout(deadlines.call())
        .build();
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder,
      AwsConnection connection,
      Optional<URI> endpoint,
      ClientOverrideConfiguration configuration) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(Region.of(connection.region()))
        .overrideConfiguration(configuration)
        .build();
  }
}
