package dev.mystical.scanner.redis;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
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
  /** Refusals of the whole server, with which no write goes through. */
  private static final Set<String> SERVER_REFUSES =
      Set.of("LOADING", "READONLY", "MASTERDOWN", "MISCONF", "OOM", "BUSY", "NOREPLICAS");

  private final RedisAddress address;
  private final InstantSource clock;
  private final RedisListener listener;
  private final AtomicReference<RedisState> state;
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
    if (before instanceof RedisState.Away) {
      change(before, new RedisState.Answering(clock.instant()));
    }
  }

  boolean lostConnection(JedisException e) {
    return e instanceof JedisConnectionException;
  }

  /** Notes a failed call, and answers what to throw for it. */
  LedgerUnavailable failed(JedisException e, RedisClient client) {
    String why = told(e);
    if (refused(e)) {
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
      if (refused(e)) {
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

  private static boolean refused(JedisException e) {
    return e instanceof JedisDataException && SERVER_REFUSES.stream().anyMatch(kind(e)::startsWith);
  }

  /** A refusal's first word; inside a script it stands behind other words, and is searched for. */
  private static String kind(JedisException e) {
    String message = String.valueOf(e.getMessage());
    return SERVER_REFUSES.stream()
        .filter(word -> message.contains(word + " ") || message.contains("-" + word))
        .findFirst()
        .orElse(message);
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
