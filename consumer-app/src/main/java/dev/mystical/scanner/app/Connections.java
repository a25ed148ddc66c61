package dev.mystical.scanner.app;

import dev.mystical.scanner.app.metrics.Meters;
import dev.mystical.scanner.app.settings.Secret;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.aws.AwsClients;
import dev.mystical.scanner.domain.deliver.WebhookSender;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.http.webhook.CallbackRules;
import dev.mystical.scanner.http.webhook.PinnedSender;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.feed.FeedTerms;
import dev.mystical.scanner.redis.feed.RedisErrorFeed;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of a serving process to the world outside. Opening connects to nothing yet;
 * closing is the last thing that a process does.
 */
final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /**
   * Poller, keeper, deleter, rounds of the supervisor and its stops, task events, reconciler, dead
   * letters and health, beside the messages in flight.
   */
  private static final int BESIDE = 24;

  /** More would not make one Redis faster; a worker that finds none free waits its turn. */
  private static final int MOST_REDIS_CONNECTIONS = 64;

  private final String node;
  private final AwsClients aws;
  private final RedisKeys keys;
  private final RedisConnection redis;
  private final RedisConnection feedRedis;
  private final ErrorStamp stamp;
  private final RedisErrorFeed feed;
  private final PinnedSender webhooks;

  /**
   * @param node names this boot of this process and no other
   */
  Connections(Settings settings, String node, InstantSource monotonic, Meters meters) {
    this.node = node;
    this.keys = new RedisKeys(settings.redis().prefix());
    this.stamp = new ErrorStamp(node, InstantSource.system(), new Redactor(settings.secrets()));
    int seats = settings.queue().maxInFlight();
    this.aws = AwsClients.open(settings.aws().connection(seats + BESIDE), meters.aws());
    RedisAddress address = RedisAddress.parse(settings.redis().url().value());
    int connections = Math.min(seats + BESIDE, MOST_REDIS_CONNECTIONS);
    this.redis = RedisConnection.open(address, connections, monotonic, it -> {}, meters.redis());
    this.feedRedis = RedisConnection.open(address, 2, monotonic, it -> {}, meters.redis());
    this.feed =
        RedisErrorFeed.open(
            feedRedis, keys, stamp, FeedTerms.in(settings.node().spoolFolder()), monotonic);
    this.webhooks =
        PinnedSender.open(
            CallbackRules.of(settings.webhooks().allow()),
            settings.webhooks().secrets().stream().map(Secret::value).toList());
  }

  /** The name of this boot of this process. */
  String node() {
    return node;
  }

  AwsClients aws() {
    return aws;
  }

  RedisConnection redis() {
    return redis;
  }

  RedisKeys keys() {
    return keys;
  }

  ErrorStamp stamp() {
    return stamp;
  }

  RedisErrorFeed feed() {
    return feed;
  }

  /** Sends webhooks. */
  WebhookSender webhooks() {
    return webhooks;
  }

  /** The feed before what it writes to, and Redis before AWS, on which nothing waits any more. */
  @Override
  public void close() {
    for (AutoCloseable part : new AutoCloseable[] {webhooks, feed, feedRedis, redis, aws}) {
      try {
        part.close();
      } catch (Exception failure) {
        LOG.warn("event=close-failed part={}", part.getClass().getSimpleName(), failure);
      }
    }
  }
}
