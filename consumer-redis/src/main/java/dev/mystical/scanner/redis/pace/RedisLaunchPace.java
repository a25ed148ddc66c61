package dev.mystical.scanner.redis.pace;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.launch.LaunchPace;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.Script;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The pace of launches in Redis; {@code admit.lua} says how it works. Safe for use by many threads;
 * it keeps nothing itself.
 */
public final class RedisLaunchPace implements LaunchPace {
  private static final Script CLOSE = Script.of(RedisLaunchPace.class, "close.lua");
  // A gate of a provider that no longer exists should not stand for ever.
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final RedisConnection redis;
  private final RedisKeys keys;
  private final Places places;

  public RedisLaunchPace(RedisConnection redis, RedisKeys keys, PaceTerms terms) {
    this.redis = redis;
    this.keys = keys;
    this.places = new Places(redis, keys.pace(), terms);
  }

  @Override
  public Admission admit(ProviderId provider) throws InterruptedException {
    List<Gate> gates = List.of(Gate.QUOTA, Gate.of(provider));
    List<?> answer = places.ask(gates.stream().map(keys::gate).toList());
    Duration in = Duration.of((Long) answer.get(1), ChronoUnit.MICROS);
    List<Gate> named =
        answer.stream().skip(2).map(number -> gates.get(Math.toIntExact((Long) number))).toList();
    String kind = (String) answer.getFirst();
    return switch (kind) {
      case "go" -> new Admission.Go(in);
      case "probe" -> new Admission.Probe(named, in);
      case "closed" -> new Admission.Closed(named.getFirst(), in);
      case "full" -> new Admission.Later(in);
      default -> throw new IllegalStateException("admit.lua says " + kind);
    };
  }

  @Override
  public boolean close(Gate gate, Duration probeEvery) throws InterruptedException {
    List<?> answer =
        redis.run(
            CLOSE,
            List.of(keys.gate(gate)),
            List.of(
                String.valueOf(Places.micros(probeEvery)),
                String.valueOf(kept(probeEvery).toMillis())));
    return answer.getFirst().equals(1L);
  }

  @Override
  public boolean open(Gate gate) throws InterruptedException {
    return redis.ask(client -> client.del(keys.gate(gate))) == 1;
  }

  private static Duration kept(Duration probeEvery) {
    Duration twice = probeEvery.multipliedBy(2);
    return twice.compareTo(FORGOTTEN) > 0 ? twice : FORGOTTEN;
  }
}
