package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.deadletters.DeadLetterSource;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.aws.AwsClients;
import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.MessageSender;
import dev.mystical.scanner.files.FolderReportStore;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.check.RedisCheck;
import dev.mystical.scanner.redis.feed.StreamReader;
import dev.mystical.scanner.redis.ledger.LedgerTerms;
import dev.mystical.scanner.redis.ledger.RedisScanLedger;
import dev.mystical.scanner.redis.outbox.RedisOutbox;
import dev.mystical.scanner.redis.progress.RedisProgressBoard;
import dev.mystical.scanner.redis.reports.RedisReportStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** SQS, ECS and Redis, as the settings name them. Used by one command. */
public final class ConnectedOutside implements Outside {
  private static final int CONNECTIONS = 4;

  private final Settings settings;
  private final String node;
  private final InstantSource clock;
  private final AwsClients aws;
  private final RedisConnection redis;
  private final RedisKeys keys;

  private ConnectedOutside(
      Settings settings, String node, InstantSource clock, AwsClients aws, RedisConnection redis) {
    this.settings = settings;
    this.node = node;
    this.clock = clock;
    this.aws = aws;
    this.redis = redis;
    this.keys = new RedisKeys(settings.redis().prefix());
  }

  /**
   * Connects to nothing yet.
   *
   * @param node names this process and no other, in the errors that its commands tell
   */
  public static ConnectedOutside open(Settings settings, String node, InstantSource clock) {
    return new ConnectedOutside(
        settings,
        node,
        clock,
        AwsClients.open(settings.aws().connection(CONNECTIONS)),
        RedisConnection.open(
            RedisAddress.parse(settings.redis().url().value()), CONNECTIONS, clock));
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        new Probe(
            "queue",
            () -> aws.queueCheck().run(settings.queue().url(), settings.queue().deadLetterUrl())),
        new Probe("cluster", () -> aws.clusterCheck().run(settings.site(), settings.providers())),
        new Probe("redis", () -> new RedisCheck(redis, keys).run()));
  }

  @Override
  public MessageSender sender() {
    return aws.sender(settings.queue().url())::send;
  }

  @Override
  public ScanLedger ledger() {
    ErrorStamp stamp = new ErrorStamp(node, clock, new Redactor(settings.secrets()));
    return new RedisScanLedger(
        redis, keys, stamp, LedgerTerms.keeping(settings.reports().retention()));
  }

  @Override
  public EntryLog<ErrorEntry> errors() {
    return StreamReader.errors(redis, keys);
  }

  @Override
  public EntryLog<StateChange> events() {
    return StreamReader.events(redis, keys);
  }

  @Override
  public Outbox outbox() {
    return new RedisOutbox(redis, keys, settings.reports().retention());
  }

  @Override
  public Optional<ProgressBoard> progress() {
    return Optional.of(new RedisProgressBoard(redis, keys));
  }

  @Override
  public Optional<ReportStore> reports() {
    Duration kept = LedgerTerms.keeping(settings.reports().retention()).reports();
    return Optional.of(
        settings
            .reports()
            .folder()
            .<ReportStore>map(path -> new FolderReportStore(path, kept, clock))
            .orElseGet(() -> new RedisReportStore(redis, keys, kept)));
  }

  @Override
  public Optional<DeadLetterBox> deadLetters() throws InterruptedException {
    return new DeadLetterSource(
            aws.queue(settings.queue().url()), settings.queue().deadLetterUrl(), aws::deadLetterBox)
        .find();
  }

  @Override
  public void close() {
    aws.close();
    redis.close();
  }
}
