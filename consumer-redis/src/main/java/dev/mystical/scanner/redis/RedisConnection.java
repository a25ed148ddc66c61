package dev.mystical.scanner.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A bounded number of connections to one Redis, each with every timeout set, and the one place
 * where the client's exceptions become ours. Connects on the first call, not before. Safe for use
 * by many threads.
 *
 * <p>A call is made once and never repeated here, for it may have been carried out. After one that
 * lost its connection all idle ones are given up, so that a restart of Redis costs one failed call
 * and not one for each connection.
 */
public final class RedisConnection implements AutoCloseable {
  /** The longest wait for each of: a free connection, the connect, an answer. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RedisClient client;
  private final RedisWatch watch;
  private final InstantSource clock;
  private final RedisCallListener calls;

  private RedisConnection(
      RedisClient client, RedisWatch watch, InstantSource clock, RedisCallListener calls) {
    this.client = client;
    this.watch = watch;
    this.clock = clock;
    this.calls = calls;
  }

  /**
   * Opens at most so many connections, when they are needed.
   *
   * @param clock a monotonic one
   */
  public static RedisConnection open(
      RedisAddress address,
      int connections,
      InstantSource clock,
      RedisListener listener,
      RedisCallListener calls) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(connections);
    pool.setMaxIdle(connections);
    // Without a limit commons-pool spins while virtual threads outnumber connections at the start.
    pool.setMaxWait(PATIENCE);
    // The pool would start the JVM's whole management for a bean that nobody looks at.
    pool.setJmxEnabled(false);
    RedisClient client =
        RedisClient.builder()
            .hostAndPort(new HostAndPort(address.host(), address.port()))
            .clientConfig(config(address))
            .poolConfig(pool)
            .build();
    return new RedisConnection(client, new RedisWatch(address, clock, listener), clock, calls);
  }

  /** One whose calls nobody counts. */
  public static RedisConnection open(
      RedisAddress address, int connections, InstantSource clock, RedisListener listener) {
    return open(address, connections, clock, listener, (answered, took) -> {});
  }

  /** One for a caller that asks for the state when it wants to know. */
  public static RedisConnection open(RedisAddress address, int connections, InstantSource clock) {
    return open(address, connections, clock, state -> {});
  }

  private static DefaultJedisClientConfig config(RedisAddress address) {
    int patience = Math.toIntExact(PATIENCE.toMillis());
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(patience)
            .socketTimeoutMillis(patience)
            .blockingSocketTimeoutMillis(2 * patience)
            .database(address.database())
            // Nothing here needs RESP3, and without HELLO and SETINFO the narrowest rights do.
            .resp2()
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    address.user().ifPresent(config::user);
    address.password().ifPresent(config::password);
    if (address.tls()) {
      // The JDK's own certificate authorities, and the host's name must fit.
      config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
    }
    return config.build();
  }

  /**
   * Makes one call. Blocks for some seconds at most.
   *
   * @throws LedgerUnavailable if there was no answer or a refusal; a write may have happened
   */
  public <T> T ask(Function<RedisClient, T> call) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Instant begun = clock.instant();
    try {
      T answer = call.apply(client);
      calls.ended(true, Duration.between(begun, clock.instant()));
      watch.answered();
      return answer;
    } catch (JedisException e) {
      if (interrupted(e)) {
        throw new InterruptedException();
      }
      calls.ended(false, Duration.between(begun, clock.instant()));
      if (watch.lostConnection(e)) {
        client.getPool().clear();
      }
      throw watch.failed(e, client);
    }
  }

  /** Runs a script, which Redis is told anew where it does not know it (any more). */
  public List<?> run(Script script, List<String> keys, List<String> arguments)
      throws InterruptedException {
    return ask(redis -> (List<?>) evaluated(redis, script, keys, arguments));
  }

  /** Runs a script that takes bytes, which no encoding may touch, and gives whole numbers. */
  public List<?> runOnBytes(Script script, List<String> keys, List<byte[]> arguments)
      throws InterruptedException {
    List<byte[]> names = keys.stream().map(key -> key.getBytes(UTF_8)).toList();
    return ask(redis -> (List<?>) evaluatedOnBytes(redis, script, names, arguments));
  }

  /** Whether Redis answers, as far as is known. */
  public RedisState state() {
    return watch.state();
  }

  @Override
  public void close() {
    client.close();
  }

  private static Object evaluated(
      RedisClient redis, Script script, List<String> keys, List<String> arguments) {
    try {
      return redis.evalsha(script.hash(), keys, arguments);
    } catch (JedisNoScriptException e) {
      // Nothing was run. EVAL runs it and remembers it, in one call and without SCRIPT LOAD's
      // rights.
      return redis.eval(script.text(), keys, arguments);
    }
  }

  private static Object evaluatedOnBytes(
      RedisClient redis, Script script, List<byte[]> keys, List<byte[]> arguments) {
    try {
      return redis.evalsha(script.hash().getBytes(UTF_8), keys, arguments);
    } catch (JedisNoScriptException e) {
      return redis.eval(script.text().getBytes(UTF_8), keys, arguments);
    }
  }

  /** An interrupt closes a virtual thread's socket, and the client calls that a broken one. */
  private static boolean interrupted(JedisException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        return true;
      }
    }
    return Thread.interrupted();
  }
}
