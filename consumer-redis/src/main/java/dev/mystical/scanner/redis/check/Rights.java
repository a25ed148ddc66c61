package dev.mystical.scanner.redis.check;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadParams;

/**
 * Tries each command that the ledger, its index, the timers, the pace, the feed, the reports and
 * the progress board use, on keys of its own.
 */
record Rights(RedisConnection redis, RedisKeys keys) {
  private static final long SECONDS = 60;

  List<Finding> findings() throws InterruptedException {
    String own = keys.probe(UUID.randomUUID().toString());
    List<Finding> failures = new ArrayList<>();
    try {
      for (Map.Entry<String, Consumer<RedisClient>> trial : trials(own).entrySet()) {
        try {
          tried(trial.getValue());
        } catch (LedgerUnavailable e) {
          failures.add(
              new Finding.Failure(
                  "redis", "%s may not be used: %s".formatted(trial.getKey(), e.getMessage())));
        }
      }
    } finally {
      removed(own);
    }
    return failures.isEmpty()
        ? List.of(new Finding.Ok("redis", "every command that is used is allowed"))
        : failures;
  }

  private Map<String, Consumer<RedisClient>> trials(String own) {
    Map<String, Consumer<RedisClient>> trials = new LinkedHashMap<>();
    trials.put("SET", client -> client.set(own + ":text", "1", SetParams.setParams().ex(SECONDS)));
    trials.put("GET", client -> client.get(own + ":text"));
    trials.put("EXISTS", client -> client.exists(own + ":text"));
    trials.put("TYPE", client -> client.type(own + ":text"));
    trials.put("HSET", client -> client.hset(own + ":hash", "field", "1"));
    trials.put("HGET", client -> client.hget(own + ":hash", "field"));
    trials.put("HMGET", client -> client.hmget(own + ":hash", "field"));
    trials.put("PEXPIRE", client -> client.pexpire(own + ":hash", SECONDS * 1_000));
    trials.put("PERSIST", client -> client.persist(own + ":hash"));
    trials.put("HGETALL", client -> client.hgetAll(own + ":hash"));
    trials.put("HLEN", client -> client.hlen(own + ":hash"));
    trials.put("HEXISTS", client -> client.hexists(own + ":hash", "field"));
    trials.put("HDEL", client -> client.hdel(own + ":hash", "other"));
    trials.put("ZADD", client -> client.zadd(own + ":set", 1, "member"));
    trials.put("ZSCORE", client -> client.zscore(own + ":set", "member"));
    trials.put("ZCARD", client -> client.zcard(own + ":set"));
    trials.put("ZCOUNT", client -> client.zcount(own + ":set", 0, 1));
    trials.put("ZRANGE", client -> client.zrange(own + ":set", 0, 0));
    trials.put("ZREM", client -> client.zrem(own + ":set", "member"));
    trials.put(
        "XADD",
        client ->
            client.xadd(
                own + ":stream",
                XAddParams.xAddParams().maxLen(1).approximateTrimming(),
                Map.of("field", "1")));
    trials.put("XRANGE", client -> client.xrange(own + ":stream", "-", "+", 1));
    trials.put("XREVRANGE", client -> client.xrevrange(own + ":stream", "+", "-", 1));
    trials.put(
        "XREAD",
        client ->
            client.xread(
                XReadParams.xReadParams().count(1),
                Map.of(own + ":stream", new StreamEntryID("0-0"))));
    // The channels have the streams' names; a server with ACLs gives rights to channels apart.
    trials.put("PUBLISH", client -> client.publish(own + ":stream", "1"));
    trials.put("EVAL", client -> client.eval("return redis.call('TIME')", List.of(), List.of()));
    trials.put("EVALSHA", client -> evalsha(client));
    trials.put("RENAME", client -> renamed(client, own + ":text", own + ":renamed"));
    trials.put("DEL", client -> client.del(own + ":text"));
    return trials;
  }

  /** Something that is there for sure, and that goes by itself if it cannot be removed. */
  private static void renamed(RedisClient client, String from, String to) {
    client.set(from, "1", SetParams.setParams().ex(SECONDS));
    client.rename(from, to);
  }

  private static void evalsha(RedisClient client) {
    String script = "return 1";
    client.eval(script, List.of(), List.of());
    client.evalsha("e0e1f9fabfc9d4800c877a703b823ac0578ff8db", List.of(), List.of());
  }

  private void tried(Consumer<RedisClient> trial) throws InterruptedException {
    redis.ask(client -> {
      trial.accept(client);
      return true;
    });
  }

  private void removed(String own) throws InterruptedException {
    try {
      tried(client ->
          client.del(
              own + ":text", own + ":renamed", own + ":hash", own + ":set", own + ":stream"));
    } catch (LedgerUnavailable e) {
      // Without the right to DEL, which is told above, they go by themselves or stay very small.
      return;
    }
  }
}
