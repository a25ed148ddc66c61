package dev.mystical.scanner.redis.check;

import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks whether a Redis is fit for the ledger: its version, that it throws nothing away, what we
 * may do there, how fast it answers. What it writes goes to keys of its own and is removed again.
 */
public record RedisCheck(RedisConnection redis, RedisKeys keys) {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int LATENCY_TRIES = 5;
  private static final double SLOW_MILLIS = 20;

  /** Everything that is found; a failure to connect is the only finding then. */
  public List<Finding> run() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(latency());
    } catch (LedgerUnavailable e) {
      return List.of(new Finding.Failure("redis", String.valueOf(e.getMessage())));
    }
    findings.addAll(information());
    findings.addAll(new Rights(redis, keys).findings());
    return findings;
  }

  private Finding latency() throws InterruptedException {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < LATENCY_TRIES; i++) {
      long start = System.nanoTime();
      // EXISTS needs no other right than the ledger itself does; PING may be one more.
      redis.ask(client -> client.exists(keys.marker()));
      best = Math.min(best, System.nanoTime() - start);
    }
    double millis = best / 1e6;
    String sentence = "Redis answers in %.1f ms".formatted(millis);
    return millis > SLOW_MILLIS
        ? new Finding.Warning("redis", sentence + "; it should be near the server")
        : new Finding.Ok("redis", sentence);
  }

  private List<Finding> information() throws InterruptedException {
    Map<String, String> server;
    Map<String, String> memory;
    try {
      server = section("server");
      memory = section("memory");
    } catch (LedgerUnavailable e) {
      return List.of(
          new Finding.Warning(
              "redis",
              "version and eviction policy cannot be read, INFO is refused: " + e.getMessage()));
    }
    return List.of(version(server.getOrDefault("redis_version", "unknown")), eviction(memory));
  }

  private static Finding version(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      return new Finding.Warning("redis", "Redis tells no version that can be read: " + version);
    }
    int major = Integer.parseInt(parts.group(1));
    int minor = Integer.parseInt(parts.group(2));
    boolean fit = major > 6 || (major == 6 && minor >= 2);
    return fit
        ? new Finding.Ok("redis", "Redis has version " + version)
        : new Finding.Failure("redis", "Redis has version " + version + "; 6.2 or later is needed");
  }

  private static Finding eviction(Map<String, String> memory) {
    // INFO has it from 6.0 on; managed servers forbid CONFIG.
    String policy =
        Optional.ofNullable(memory.get("maxmemory_policy"))
            .or(() -> Optional.ofNullable(memory.get("maxmemory-policy")))
            .orElse("unknown");
    return policy.equals("noeviction")
        ? new Finding.Ok("redis", "Redis throws nothing away when it is full (noeviction)")
        : new Finding.Warning(
            "redis",
            "maxmemory-policy is "
                + policy
                + ": when Redis is full it may throw away scans; it should be noeviction");
  }

  private Map<String, String> section(String name) throws InterruptedException {
    Map<String, String> values = new HashMap<>();
    for (String line : redis.ask(client -> client.info(name)).lines().toList()) {
      String[] parts = line.split(":", 2);
      if (parts.length == 2) {
        values.put(parts[0], parts[1].strip());
      }
    }
    return values;
  }
}
