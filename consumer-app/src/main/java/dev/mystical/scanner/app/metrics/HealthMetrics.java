package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.http.HealthView;
import dev.mystical.scanner.http.MetricsView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What the health pages say, as numbers. */
public final class HealthMetrics implements MetricsView {
  private final HealthView health;
  private final InstantSource clock;

  /**
   * @param clock the one that the health was told by
   */
  public HealthMetrics(HealthView health, InstantSource clock) {
    this.health = health;
    this.clock = clock;
  }

  @Override
  public List<Metric> metrics() {
    List<HealthView.Loop> loops = health.loops();
    return List.of(
        gauge(
            "scanner_loop_age_seconds",
            "Time since a loop's last turn",
            samples("loop", loops, HealthView.Loop::name, this::age)),
        gauge(
            "scanner_loop_up",
            "1 while a loop turns in time, which is all that /livez asks for",
            samples("loop", loops, HealthView.Loop::name, loop -> loop.turning() ? 1 : 0)),
        gauge(
            "scanner_dependency_up",
            "1 while a service that is needed works, as far as is known",
            samples(
                "dependency",
                health.dependencies(),
                HealthView.Dependency::name,
                it -> it.status() == HealthView.Status.UP ? 1 : 0)));
  }

  private double age(HealthView.Loop loop) {
    return Math.max(Duration.between(loop.lastTurn(), clock.instant()).toMillis(), 0) / 1e3;
  }

  private static <T> List<Sample> samples(
      String label, List<T> all, Function<T, String> name, ToDoubleFunction<T> value) {
    return all.stream()
        .map(it -> Sample.of(Map.of(label, name.apply(it)), value.applyAsDouble(it)))
        .toList();
  }

  private static Metric gauge(String name, String help, List<Sample> samples) {
    return new Metric(name, help, Type.GAUGE, samples);
  }
}
