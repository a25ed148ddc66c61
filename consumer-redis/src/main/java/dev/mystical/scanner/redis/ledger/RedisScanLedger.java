package dev.mystical.scanner.redis.ledger;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.ledger.ScanPlace;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.RedisTime;
import dev.mystical.scanner.redis.Script;
import dev.mystical.scanner.wire.ScanDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger in Redis: a document for each scan, which one script alone changes. Safe for use by
 * many threads; it keeps nothing itself.
 */
public final class RedisScanLedger implements ScanLedger {
  private static final Script LOAD = Script.of(RedisScanLedger.class, "standing.lua", "load.lua");
  private static final Script COMMIT =
      Script.of(RedisScanLedger.class, "shared.lua", "standing.lua", "commit.lua");
  private static final Script SETTLE = Script.of(RedisScanLedger.class, "shared.lua", "settle.lua");
  private static final Script REOPEN = Script.of(RedisScanLedger.class, "reopen.lua");
  private static final Logger LOG = LoggerFactory.getLogger(RedisScanLedger.class);

  /** Documents have some kilobytes each, and Redis serves nobody else while it reads them. */
  private static final int AT_ONCE = 100;

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
    return loaded(List.of(key)).getFirst().found();
  }

  @Override
  public Map<ScanKey, Found> loadAll(Collection<ScanKey> keys) throws InterruptedException {
    List<ScanKey> wanted = List.copyOf(new LinkedHashSet<>(keys));
    Map<ScanKey, Found> found = new LinkedHashMap<>();
    for (int first = 0; first < wanted.size(); first += AT_ONCE) {
      int end = Math.min(first + AT_ONCE, wanted.size());
      for (Loaded loaded : loaded(wanted.subList(first, end))) {
        try {
          found.put(loaded.key(), loaded.found());
        } catch (LedgerUnavailable unreadable) {
          LOG.warn(
              "event=scan-unreadable scanId={} tenant={} reason=\"{}\"",
              loaded.key().id(),
              loaded.key().tenant(),
              unreadable.getMessage());
        }
      }
    }
    return found;
  }

  private List<Loaded> loaded(List<ScanKey> wanted) throws InterruptedException {
    List<String> touched = new ArrayList<>(List.of(keys.marker(), keys.reconciled()));
    wanted.forEach(key -> touched.add(keys.scan(key)));
    return loaded(wanted, redis.run(LOAD, touched, List.of()));
  }

  private static List<Loaded> loaded(List<ScanKey> keys, List<?> answer) {
    Instant doubtfulBefore = RedisTime.ofMicros((String) answer.get(1));
    List<Loaded> loaded = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String version = (String) answer.get(2 + 2 * i);
      String document = (String) answer.get(3 + 2 * i);
      loaded.add(new Loaded(keys.get(i), version, document, time(answer), doubtfulBefore));
    }
    return loaded;
  }

  @Override
  public CommitResult commit(Commit commit) throws InterruptedException {
    List<?> answer = redis.run(COMMIT, arguments.keysOf(commit), arguments.of(commit));
    if (answer.size() == 2) {
      return new CommitResult.Committed(Long.parseLong((String) answer.get(1)), time(answer));
    }
    return new CommitResult.Stale(loaded(List.of(commit.scan().key()), answer).getFirst().found());
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
    scan.map(RefusedScan::key)
        .ifPresent(
            key -> touched.addAll(List.of(keys.scan(key), keys.scans(), keys.scans(key.tenant()))));
    List<String> values = new ArrayList<>();
    values.add(String.valueOf(terms.settled().toMillis()));
    values.add(arguments.streamLength());
    values.add(scan.map(ScanDocument::encode).orElse(""));
    values.add(arguments.retention());
    Optional<ScanPlace> place = scan.map(ScanPlace::of);
    values.add(place.map(it -> keys.indexed(it.key())).orElse(""));
    values.add(place.map(it -> String.valueOf(it.created())).orElse(""));
    arguments.addError(values, stamp.entry(why));
    redis.run(SETTLE, touched, values);
  }

  @Override
  public boolean reopen(ScanKey key) throws InterruptedException {
    List<?> answer =
        redis.run(
            REOPEN,
            List.of(keys.scan(key), keys.scans(), keys.scans(key.tenant())),
            List.of(keys.indexed(key), key.id().value()));
    return answer.getFirst().equals(1L);
  }

  private static Instant time(List<?> answer) {
    return RedisTime.ofMicros((String) answer.getFirst());
  }
}
