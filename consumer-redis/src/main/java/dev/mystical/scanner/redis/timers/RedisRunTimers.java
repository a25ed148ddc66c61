package dev.mystical.scanner.redis.timers;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.RunRef;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.RedisTime;
import dev.mystical.scanner.redis.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timers in Redis: a sorted set that {@code commit.lua} writes and the scripts beside this
 * class read. Safe for use by many threads; it keeps nothing itself.
 */
public final class RedisRunTimers implements RunTimers {
  private static final Script CLAIM = Script.of(RedisRunTimers.class, "claim.lua");
  private static final Script PUT_OFF = Script.of(RedisRunTimers.class, "putOff.lua");
  private static final Script FORGET = Script.of(RedisRunTimers.class, "forget.lua");
  private static final Script HURRY = Script.of(RedisRunTimers.class, "hurry.lua");
  private static final Logger LOG = LoggerFactory.getLogger(RedisRunTimers.class);

  /** How long after an event more are expected. */
  private static final Duration EVENTS_FLOW = Duration.ofMinutes(5);

  /** When the next run is due where there is none: far, and yet a time that one can count with. */
  private static final Duration FAR = Duration.ofDays(1);

  /** Words of answers before the members. */
  private static final int HEAD = 4;

  private final RedisConnection redis;
  private final RedisKeys keys;

  public RedisRunTimers(RedisConnection redis, RedisKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  @Override
  public Claim claim(int most, Duration lease) throws InterruptedException {
    if (most < 1 || !lease.isPositive()) {
      throw new IllegalArgumentException("most %d, lease %s".formatted(most, lease));
    }
    List<?> answer =
        redis.run(
            CLAIM,
            List.of(keys.due(), keys.eventsSeen()),
            List.of(String.valueOf(most), String.valueOf(lease.toNanos() / 1_000)));
    Instant now = RedisTime.ofMicros((String) answer.getFirst());
    String next = (String) answer.get(2);
    return new Claim(
        runs(answer.subList(HEAD, answer.size())),
        RedisTime.ofMicros((String) answer.get(1)),
        next.isEmpty() ? now.plus(FAR) : RedisTime.ofMicros(next),
        now,
        answer.get(3).equals(1L));
  }

  @Override
  public void putOff(Claim claim, Map<RunRef, Instant> times) throws InterruptedException {
    if (times.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(RedisTime.exact(claim.until()));
    times.forEach((run, due) -> {
      arguments.add(keys.timer(run));
      arguments.add(RedisTime.due(due));
    });
    redis.run(PUT_OFF, List.of(keys.due()), arguments);
  }

  @Override
  public void forget(Collection<RunRef> runs) throws InterruptedException {
    if (runs.isEmpty()) {
      return;
    }
    List<String> touched = new ArrayList<>();
    List<String> members = new ArrayList<>();
    touched.add(keys.due());
    for (RunRef run : runs) {
      touched.add(keys.scan(run.scan()));
      members.add(keys.timer(run));
    }
    redis.run(FORGET, touched, members);
  }

  @Override
  public int hurry(Collection<TaskArn> tasks) throws InterruptedException {
    if (tasks.isEmpty()) {
      return 0;
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(EVENTS_FLOW.toMillis()));
    tasks.stream().map(keys::task).distinct().forEach(arguments::add);
    List<?> answer =
        redis.run(HURRY, List.of(keys.due(), keys.tasks(), keys.eventsSeen()), arguments);
    return Math.toIntExact((Long) answer.getFirst());
  }

  @Override
  public long size() throws InterruptedException {
    return redis.ask(client -> client.zcard(keys.due()));
  }

  private List<RunRef> runs(List<?> members) throws InterruptedException {
    List<RunRef> runs = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Object member : members) {
      Optional<RunRef> run = Members.parsed((String) member);
      run.ifPresentOrElse(runs::add, () -> unreadable.add((String) member));
    }
    if (!unreadable.isEmpty()) {
      remove(unreadable);
    }
    return runs;
  }

  /** Nobody can do anything for them, and they would come again and again. */
  private void remove(List<String> unreadable) throws InterruptedException {
    LOG.warn("event=timers-unreadable members={}", unreadable);
    try {
      redis.ask(client -> client.zrem(keys.due(), unreadable.toArray(String[]::new)));
    } catch (LedgerUnavailable away) {
      // The readable ones are claimed all the same; these come again after the lease.
      LOG.warn("event=timers-not-removed reason=\"{}\"", away.getMessage());
    }
  }
}
