package dev.mystical.scanner.app.health;

import dev.mystical.scanner.http.HealthView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What the listener tells of this process. */
public final class ServerHealth implements HealthView {
  /** The feed's thread turns several times a second; a call of it takes some seconds at most. */
  private static final Duration LONGEST_FEED_TURN = Duration.ofSeconds(60);

  /**
   * Where it is read.
   *
   * @param feedTurned when the feed's thread last turned, in the machine's nano time
   */
  public record Parts(
      List<dev.mystical.scanner.app.loop.Loop> loops,
      LongSupplier feedTurned,
      HealthBoard board,
      BooleanSupplier draining) {
    public Parts {
      loops = List.copyOf(loops);
    }
  }

  private final Parts parts;
  private final Needs needs;
  private final InstantSource clock;

  public ServerHealth(Parts parts, Needs needs, InstantSource clock) {
    this.parts = parts;
    this.needs = needs;
    this.clock = clock;
  }

  @Override
  public List<Loop> loops() {
    Duration silence = Duration.ofNanos(System.nanoTime() - parts.feedTurned().getAsLong());
    Loop telling =
        new Loop("feed", silence.compareTo(LONGEST_FEED_TURN) < 0, clock.instant().minus(silence));
    return Stream.concat(
            parts.loops().stream()
                .map(loop -> new Loop(loop.name(), loop.turning(), loop.lastTurn())),
            Stream.of(telling))
        .toList();
  }

  @Override
  public List<Dependency> dependencies() {
    return parts.board().conditions().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry ->
            new Dependency(
                entry.getKey().name().toLowerCase(Locale.ROOT),
                status(entry.getKey(), entry.getValue()),
                entry.getValue().since(),
                entry.getValue().detail()))
        .toList();
  }

  private Status status(HealthBoard.Dependency dependency, HealthBoard.Condition condition) {
    if (condition.well()) {
      return Status.UP;
    }
    return needs.essential().contains(dependency) ? Status.DOWN : Status.DEGRADED;
  }

  @Override
  public boolean draining() {
    return parts.draining().getAsBoolean();
  }
}
