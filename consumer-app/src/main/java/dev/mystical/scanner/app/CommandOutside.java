package dev.mystical.scanner.app;

import dev.mystical.scanner.app.command.ErrorLog;
import dev.mystical.scanner.app.command.MessageSender;
import dev.mystical.scanner.app.command.Outside;
import dev.mystical.scanner.app.command.Probe;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.aws.AwsClients;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.redis.RedisAddress;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.check.RedisCheck;
import dev.mystical.scanner.redis.feed.StreamReader;
import dev.mystical.scanner.redis.feed.Streamed;
import dev.mystical.scanner.redis.ledger.LedgerTerms;
import dev.mystical.scanner.redis.ledger.RedisScanLedger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** What one command reaches: few connections, none of them before it is used. */
final class CommandOutside implements Outside {
  private static final int FEW = 4;

  private final Settings settings;
  private final AwsClients aws;
  private final RedisConnection redis;
  private final RedisKeys keys;

  CommandOutside(Settings settings) {
    this.settings = settings;
    this.aws = AwsClients.open(Connections.aws(settings, FEW));
    this.keys = new RedisKeys(settings.redis().prefix());
    this.redis =
        RedisConnection.open(
            RedisAddress.parse(settings.redis().url().value()), FEW, InstantSource.system());
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        new Probe(
            "queue",
            () -> aws.queueCheck().run(settings.queue().url(), settings.queue().deadLetterUrl())),
        new Probe(
            "cluster", () -> aws.clusterCheck().run(Server.site(settings), settings.providers())),
        new Probe("redis", () -> new RedisCheck(redis, keys).run()));
  }

  @Override
  public MessageSender sender() {
    return aws.sender(settings.queue().url())::send;
  }

  @Override
  public ScanLedger ledger() {
    return new RedisScanLedger(
        redis,
        keys,
        new ErrorStamp(NodeName.fresh(), InstantSource.system(), new Redactor(settings.secrets())),
        LedgerTerms.keeping(settings.reports().retention()));
  }

  @Override
  public ErrorLog errors() {
    return new Log(StreamReader.errors(redis, keys));
  }

  @Override
  public void close() {
    redis.close();
    aws.close();
  }

  /** The stream of errors, as commands read it. */
  private record Log(StreamReader<ErrorEntry> stream) implements ErrorLog {
    @Override
    public List<Streamed<ErrorEntry>> newest(int count) throws InterruptedException {
      return stream.newest(count);
    }

    @Override
    public List<Streamed<ErrorEntry>> since(Instant moment, int count) throws InterruptedException {
      return stream.since(moment, count);
    }

    @Override
    public List<Streamed<ErrorEntry>> after(String id, int count) throws InterruptedException {
      return stream.after(id, count);
    }

    @Override
    public String end() throws InterruptedException {
      return stream.end();
    }

    @Override
    public void follow(String after, Consumer<Streamed<ErrorEntry>> reader)
        throws InterruptedException {
      stream.follow(after, reader);
    }
  }
}
