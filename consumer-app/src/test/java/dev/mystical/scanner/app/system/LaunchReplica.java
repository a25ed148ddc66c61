package dev.mystical.scanner.app.system;

import dev.mystical.scanner.app.Server;
import dev.mystical.scanner.app.consume.Consumer;
import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.loop.MonotonicClock;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.app.settings.SettingsSources;
import dev.mystical.scanner.aws.AwsClients;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.LaunchDelays;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.retry.Backoff;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.feed.FeedTerms;
import dev.mystical.scanner.redis.feed.RedisErrorFeed;
import dev.mystical.scanner.redis.ledger.LedgerTerms;
import dev.mystical.scanner.redis.ledger.RedisScanLedger;
import dev.mystical.scanner.redis.pace.PaceTerms;
import dev.mystical.scanner.redis.pace.RedisLaunchPace;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestDocument;
import dev.mystical.scanner.wire.RequestRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A replica's consumer within this process, with real connections and its own quick waits: where
 * the program waits seconds for AWS, it waits milliseconds for the stand.
 */
final class LaunchReplica implements AutoCloseable {
  /** A hundredth or so of what AWS asks for. */
  static final LaunchDelays QUICK =
      new LaunchDelays(
          new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1)),
          new Backoff(Duration.ofMillis(50), Duration.ofMillis(200)),
          new Backoff(Duration.ofMillis(100), Duration.ofMillis(400)),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofMinutes(1));

  private final InstantSource clock = new MonotonicClock(Instant.now(), System::nanoTime);
  private final AwsClients aws;
  private final RedisKeys keys;
  private final RedisConnection redis;
  private final RedisConnection feedRedis;
  private final RedisErrorFeed feed;
  private final WatchedPace pace;
  private final Consumer consumer;
  private boolean stopped;

  /**
   * What a test changes about a replica.
   *
   * @param ledger put around the ledger
   * @param deleted gets a permit for each message that the replica deletes
   */
  record Around(LaunchDelays delays, UnaryOperator<ScanLedger> ledger, Semaphore deleted) {}

  private LaunchReplica(Settings settings, Around around) {
    RedisAddress address = RedisAddress.parse(settings.redis().url().value());
    keys = new RedisKeys(settings.redis().prefix());
    ErrorStamp stamp =
        new ErrorStamp(
            "replica-" + UUID.randomUUID(),
            InstantSource.system(),
            new Redactor(settings.secrets()));
    aws = AwsClients.open(settings.aws().connection(72));
    redis = RedisConnection.open(address, 32, clock);
    feedRedis = RedisConnection.open(address, 2, clock);
    feed =
        RedisErrorFeed.open(
            feedRedis, keys, stamp, FeedTerms.in(settings.node().spoolFolder()), clock);
    pace = new WatchedPace(new RedisLaunchPace(redis, keys, PaceTerms.of(1_000, 1_000)));
    ScanLedger ledger =
        new RedisScanLedger(redis, keys, stamp, LedgerTerms.keeping(Duration.ofDays(1)));
    consumer =
        new Consumer(
            settings.queue().maxInFlight(),
            new Consumer.Queueing(
                new WatchedDeletes(aws.queue(settings.queue().url()), around.deleted()),
                aws::deadLetters,
                new JsonRequestDecoder(Server.rules(settings, RequestRules.PathTargets.REFUSED)),
                Optional.empty()),
            new Consumer.Launching(
                policy(settings, around.delays()), aws.launcher(), aws.tasks(), pace),
            new Consumer.Records(
                around.ledger().apply(ledger), feed, new HealthBoard(clock), new Counters()),
            new Consumer.Surroundings(clock, new Random()));
  }

  /** Starts to receive, from a ledger that is in no doubt: nobody here compares it with ECS. */
  static LaunchReplica start(SystemStand stand, Map<String, String> settings, Around around) {
    LaunchReplica replica = new LaunchReplica(read(stand.folder(), settings), around);
    try {
      replica.redis.ask(client -> client.set(replica.keys.reconciled(), "1"));
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    replica.consumer.start();
    return replica;
  }

  private static Settings read(Path folder, Map<String, String> settings) {
    return Settings.from(
        new SettingsSources(Map.of(), settings, folder, Optional.empty(), Optional.empty()));
  }

  private static LaunchPolicy policy(Settings settings, LaunchDelays delays) {
    return new LaunchPolicy(
        settings.providers().stream().collect(Collectors.toMap(Provider::id, Function.identity())),
        settings.site(),
        settings.launch().limits(),
        delays,
        new TaskRequests(Optional.empty(), RequestDocument::origin));
  }

  WatchedPace pace() {
    return pace;
  }

  /** Gives no worker any time to end; what they hold goes back to the queue. */
  void cutOff() throws InterruptedException {
    // What the flushes at the end of a stop need, and no more.
    stop(Duration.ofSeconds(5));
  }

  private void stop(Duration grace) throws InterruptedException {
    if (!stopped) {
      stopped = true;
      consumer.stop(grace);
    }
  }

  @Override
  public void close() {
    try {
      stop(Duration.ofSeconds(10));
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    } finally {
      feed.close();
      feedRedis.close();
      redis.close();
      aws.close();
    }
  }
}
