package dev.mystical.scanner.redis.ledger;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.ledger.ScanLedgerContract;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.redis.TestRedis;
import dev.mystical.scanner.redis.feed.StreamReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisScanLedgerIT extends ScanLedgerContract {
  private static TestRedis redis;

  @BeforeAll
  static void start() throws InterruptedException {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  protected ScanLedger ledger() {
    return redis.ledger();
  }

  @Override
  protected List<String> events(ScanKey scan) {
    StreamReader<StateChange> events = StreamReader.events(redis.connection(), redis.keys());
    return now(() -> events.after(EntryLog.START, 10_000)).stream()
        .map(Streamed::value)
        .filter(change -> change.scanId().equals(scan.id().value()))
        .map(StateChange::type)
        .toList();
  }

  @Override
  protected Set<ProviderId> timers(ScanKey scan) {
    String start = scan + ".";
    return now(() -> redis.connection().ask(it -> it.zrange(redis.keys().due(), 0, -1))).stream()
        .filter(member -> member.startsWith(start))
        .map(member -> new ProviderId(member.substring(start.length())))
        .collect(Collectors.toSet());
  }

  @Override
  protected Map<TaskArn, ProviderId> tasks(ScanKey scan) {
    String start = scan + ".";
    return now(() -> redis.connection().ask(it -> it.hgetAll(redis.keys().tasks())))
        .entrySet()
        .stream()
        .filter(task -> task.getValue().startsWith(start))
        .collect(
            Collectors.toMap(
                task -> new TaskArn("arn:aws:ecs:eu-west-1:1:task/" + task.getKey()),
                task -> new ProviderId(task.getValue().substring(start.length()))));
  }

  @Override
  protected void lose() throws InterruptedException {
    redis.connection().ask(it -> it.flushAll());
  }

  @Override
  protected void reconcile() throws InterruptedException {
    String now = String.valueOf(redis.micros());
    redis.connection().ask(it -> it.set(redis.keys().reconciled(), now));
  }

  @Override
  protected List<String> outbox(ScanKey scan) {
    return now(() -> redis.connection().ask(it -> it.zrange(redis.keys().outbox(), 0, -1))).stream()
        .filter(id -> body(id).contains(scan.id().value()))
        .toList();
  }

  @Override
  protected List<ErrorCode> errors(ScanKey scan) {
    StreamReader<ErrorEntry> errors = StreamReader.errors(redis.connection(), redis.keys());
    return now(() -> errors.after(EntryLog.START, 10_000)).stream()
        .map(entry -> entry.value().event())
        .filter(event -> event.subject().scan().equals(Optional.of(scan.id())))
        .map(event -> event.code())
        .toList();
  }

  private static String body(String id) {
    return now(() -> redis.connection().ask(it -> it.hget(redis.keys().webhook(id), "body")));
  }

  private static <T> T now(Callable<T> question) {
    try {
      return question.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
