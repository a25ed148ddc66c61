package dev.mystical.scanner.app.health;

import dev.mystical.scanner.http.HealthView;
import dev.mystical.scanner.redis.feed.RedisErrorFeed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the listener tells of this process. */
public final class ServerHealth implements HealthView {
  /** The feed's thread turns several times a second; a call of it takes some seconds at most. */
  private static final Duration LONGEST_FEED_TURN = Duration.ofSeconds(60);

  private final List<dev.mystical.scanner.app.loop.Loop> loops;
  private final RedisErrorFeed feed;
  private final HealthBoard board;
  private final BooleanSupplier draining;
  private final InstantSource clock;

  public ServerHealth(
      List<dev.mystical.scanner.app.loop.Loop> loops,
      RedisErrorFeed feed,
      HealthBoard board,
      BooleanSupplier draining,
      InstantSource clock) {
    this.loops = List.copyOf(loops);
    this.feed = feed;
    this.board = board;
    this.draining = draining;
    this.clock = clock;
  }

  @Override
  public List<Loop> loops() {
    Duration silence = Duration.ofNanos(System.nanoTime() - feed.lastTurn());
    Loop telling =
        new Loop("feed", silence.compareTo(LONGEST_FEED_TURN) < 0, clock.instant().minus(silence));
    return Stream.concat(
            loops.stream().map(loop -> new Loop(loop.name(), loop.turning(), loop.lastTurn())),
            Stream.of(telling))
        .toList();
  }

  @Override
  public List<Dependency> dependencies() {
    return board.conditions().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry ->
            new Dependency(
                entry.getKey().name().toLowerCase(Locale.ROOT),
                entry.getValue().well() ? Status.UP : Status.DOWN,
                entry.getValue().since(),
                entry.getValue().detail()))
        .toList();
  }

  @Override
  public boolean draining() {
    return draining.getAsBoolean();
  }
}
