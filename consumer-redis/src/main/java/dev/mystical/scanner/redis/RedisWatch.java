package dev.mystical.scanner.redis;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Judges failed calls, and knows whether Redis answers. A single lost connection does not yet make
 * it away (an idle one may have been cut): one thread asks again first. Used by all calling
 * threads; the state changes by compare-and-set, so each change is told once.
 */
final class RedisWatch {
  /** Refusals of the whole server; inside a script they stand behind other words. */
  private static final Pattern SERVER_REFUSES =
      Pattern.compile(
          "\\b(?:LOADING|READONLY|MASTERDOWN|MISCONF|OOM|BUSY|NOREPLICAS|WRONGPASS|NOAUTH)\\b");

  /** A full Redis still answers reads: it is back when none of its refusals is newer than this. */
  private static final Duration CALM = Duration.ofSeconds(5);

  private final RedisAddress address;
  private final InstantSource clock;
  private final RedisListener listener;
  private final AtomicReference<RedisState> state;
  private final AtomicReference<Instant> lastRefusal = new AtomicReference<>(Instant.MIN);
  private final ReentrantLock asking = new ReentrantLock();

  RedisWatch(RedisAddress address, InstantSource clock, RedisListener listener) {
    this.address = address;
    this.clock = clock;
    this.listener = listener;
    this.state = new AtomicReference<>(new RedisState.Answering(clock.instant()));
  }

  RedisState state() {
    return state.get();
  }

  void answered() {
    RedisState before = state.get();
    if (before instanceof RedisState.Away
        && !clock.instant().minus(CALM).isBefore(lastRefusal.get())) {
      change(before, new RedisState.Answering(clock.instant()));
    }
  }

  boolean lostConnection(JedisException e) {
    return e instanceof JedisConnectionException;
  }

  /** Notes a failed call, and answers what to throw for it. */
  LedgerUnavailable failed(JedisException e, RedisClient client) {
    String why = told(e);
    if (SERVER_REFUSES.matcher(why).find()) {
      lastRefusal.set(clock.instant());
      away(why);
    } else if (!(e instanceof JedisDataException) && state.get() instanceof RedisState.Answering) {
      confirm(client, why);
    }
    return new LedgerUnavailable(why, e);
  }

  private void confirm(RedisClient client, String why) {
    if (!asking.tryLock()) {
      return;
    }
    try {
      client.ping();
    } catch (JedisDataException e) {
      // It answers, if only to refuse PING; whether it works shows with the calls themselves.
      if (SERVER_REFUSES.matcher(told(e)).find()) {
        away(told(e));
      }
    } catch (JedisException e) {
      away(why);
    } finally {
      asking.unlock();
    }
  }

  private void away(String why) {
    RedisState before = state.get();
    if (before instanceof RedisState.Answering) {
      change(before, new RedisState.Away(clock.instant(), why));
    }
  }

  private void change(RedisState before, RedisState after) {
    if (state.compareAndSet(before, after)) {
      listener.changed(after);
    }
  }

  private String told(JedisException e) {
    String text = String.valueOf(e.getMessage());
    String below = root(e).map(root -> ": " + root.getMessage()).orElse("");
    String verb = e instanceof JedisDataException ? "refused" : "does not answer";
    String told =
        "Redis at %s:%d %s: %s%s".formatted(address.host(), address.port(), verb, text, below);
    for (String secret : address.secrets()) {
      told = told.replace(secret, "***");
    }
    return told.replaceAll("\\s+", " ").strip();
  }

  /** What lies under it, where anything does. */
  private static Optional<Throwable> root(Throwable e) {
    return Stream.iterate(e.getCause(), Objects::nonNull, Throwable::getCause)
        .reduce((upper, lower) -> lower);
  }
}
