package dev.mystical.scanner.redis;

import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.LaunchPace;
import dev.mystical.scanner.domain.reconcile.ReconcileTurns;
import dev.mystical.scanner.domain.supervise.CallPace;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.redis.ledger.LedgerTerms;
import dev.mystical.scanner.redis.ledger.RedisScanLedger;
import dev.mystical.scanner.redis.outbox.RedisOutbox;
import dev.mystical.scanner.redis.pace.PaceTerms;
import dev.mystical.scanner.redis.pace.RedisCallPace;
import dev.mystical.scanner.redis.pace.RedisLaunchPace;
import dev.mystical.scanner.redis.reconcile.RedisReconcileTurns;
import dev.mystical.scanner.redis.timers.RedisRunTimers;
import dev.mystical.scanner.stand.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import redis.clients.jedis.RedisClient;

/** A real Redis, and what tests want of it. Keys have a prefix of their own for each instance. */
public final class TestRedis implements AutoCloseable {
  private static final Duration WEEK = Duration.ofDays(7);

  private final RedisServer server;
  private final RedisConnection connection;
  private final RedisKeys keys = new RedisKeys("test-" + UUID.randomUUID());

  private TestRedis(RedisServer server) {
    this.server = server;
    this.connection = connect(server);
  }

  public static TestRedis start(String... arguments) throws InterruptedException {
    return new TestRedis(RedisServer.start(List.of(arguments)));
  }

  public static RedisConnection connect(RedisServer server) {
    return connect(server, state -> {});
  }

  public static RedisConnection connect(RedisServer server, RedisListener listener) {
    RedisAddress address = RedisAddress.parse(server.uri().toString());
    return RedisConnection.open(address, 8, InstantSource.system(), listener);
  }

  public static ErrorStamp stamp(String... secrets) {
    return new ErrorStamp(
        UUID.randomUUID().toString(), InstantSource.system(), new Redactor(List.of(secrets)));
  }

  public RedisServer server() {
    return server;
  }

  public RedisConnection connection() {
    return connection;
  }

  public RedisKeys keys() {
    return keys;
  }

  public RedisScanLedger ledger() {
    return ledger(connection);
  }

  public RedisScanLedger ledger(RedisConnection over) {
    return ledger(over, WEEK);
  }

  public RedisScanLedger ledger(RedisConnection over, Duration retention) {
    return new RedisScanLedger(over, keys, stamp(), LedgerTerms.keeping(retention));
  }

  public ReconcileTurns turns(String replica) {
    return new RedisReconcileTurns(connection, keys, replica);
  }

  public RunTimers timers() {
    return timers(connection);
  }

  public RunTimers timers(RedisConnection over) {
    return new RedisRunTimers(over, keys);
  }

  public Outbox outbox() {
    return outbox(connection);
  }

  public Outbox outbox(RedisConnection over) {
    return new RedisOutbox(over, keys, WEEK);
  }

  public CallPace calls(RedisConnection over, PaceTerms terms) {
    return new RedisCallPace(over, keys, terms);
  }

  public LaunchPace pace(RedisConnection over, PaceTerms terms) {
    return new RedisLaunchPace(over, keys, terms);
  }

  public long number(Function<RedisClient, Long> question) throws InterruptedException {
    return connection.ask(question);
  }

  public boolean holds(Function<RedisClient, Boolean> question) throws InterruptedException {
    return connection.ask(question);
  }

  /** Moves all times in a sorted set back, as if so much had gone by. */
  public void age(String set, Duration time) throws InterruptedException {
    for (String member : connection.ask(it -> it.zrange(set, 0, -1))) {
      connection.ask(it -> it.zincrby(set, (double) -time.toMillis(), member));
    }
  }

  /** Redis' own time, in microseconds. */
  public long micros() throws InterruptedException {
    List<?> time = (List<?>) connection.ask(it -> it.eval("return redis.call('TIME')"));
    return Long.parseLong((String) time.getFirst()) * 1_000_000
        + Long.parseLong((String) time.getLast());
  }

  public void configure(String name, String value) throws InterruptedException {
    connection.ask(it -> it.configSet(name, value));
  }

  @Override
  public void close() {
    connection.close();
    server.close();
  }
}
