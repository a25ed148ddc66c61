package dev.mystical.scanner.redis.ledger;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.Script;
import dev.mystical.scanner.wire.ScanDocument;
import dev.mystical.scanner.wire.UnreadableDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ledger in Redis: a document for each scan, which one script alone changes. Safe for use by
 * many threads; it keeps nothing itself.
 */
public final class RedisScanLedger implements ScanLedger {
  private static final Script LOAD = Script.of(RedisScanLedger.class, "load.lua");
  private static final Script COMMIT = Script.of(RedisScanLedger.class, "commit.lua");
  private static final Script SETTLE = Script.of(RedisScanLedger.class, "settle.lua");

  private final RedisConnection redis;
  private final RedisKeys keys;
  private final ErrorStamp stamp;
  private final CommitArguments arguments;
  private final LedgerTerms terms;

  public RedisScanLedger(
      RedisConnection redis, RedisKeys keys, ErrorStamp stamp, LedgerTerms terms) {
    this.redis = redis;
    this.keys = keys;
    this.stamp = stamp;
    this.arguments = new CommitArguments(keys, stamp, terms);
    this.terms = terms;
  }

  @Override
  public Found load(ScanKey key) throws InterruptedException {
    List<?> answer = redis.run(LOAD, List.of(keys.scan(key)), List.of());
    String version = (String) answer.get(1);
    Found.Entry entry =
        version.isEmpty()
            ? new Found.Absent()
            : entry(key, (String) answer.get(2), Long.parseLong(version));
    return new Found(entry, time(answer));
  }

  @Override
  public CommitResult commit(Commit commit) throws InterruptedException {
    List<?> answer = redis.run(COMMIT, arguments.keysOf(commit), arguments.of(commit));
    String version = (String) answer.get(1);
    return version.isEmpty()
        ? new CommitResult.Stale()
        : new CommitResult.Committed(Long.parseLong(version), time(answer));
  }

  @Override
  public boolean settled(MessageId message) throws InterruptedException {
    return redis.ask(client -> client.exists(keys.settled(message)));
  }

  @Override
  public void settle(MessageId message, Optional<RefusedScan> scan, ErrorEvent why)
      throws InterruptedException {
    List<String> touched = new ArrayList<>();
    touched.add(keys.settled(message));
    touched.add(keys.errors());
    touched.add(keys.marker());
    scan.map(refused -> keys.scan(refused.key())).ifPresent(touched::add);
    List<String> values = new ArrayList<>();
    values.add(String.valueOf(terms.settled().toMillis()));
    values.add(arguments.streamLength());
    values.add(scan.map(ScanDocument::encode).orElse(""));
    values.add(arguments.retention());
    arguments.addError(values, stamp.entry(why));
    redis.run(SETTLE, touched, values);
  }

  private static Found.Entry entry(ScanKey key, String document, long version) {
    try {
      return switch (ScanDocument.decode(document)) {
        case ScanDocument.Accepted(Scan scan) -> new Found.Versioned(scan, version);
        case ScanDocument.Refused(RefusedScan scan) -> new Found.Refused(scan);
      };
    } catch (UnreadableDocument e) {
      // Written by a newer version: its replicas can go on with it, this one must leave it alone.
      throw new LedgerUnavailable(
          "the document of " + key + " is unreadable: " + e.getMessage(), e);
    }
  }

  /** Each script's first word is the time in microseconds. */
  private static Instant time(List<?> answer) {
    long micros = Long.parseLong((String) answer.getFirst());
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }
}
