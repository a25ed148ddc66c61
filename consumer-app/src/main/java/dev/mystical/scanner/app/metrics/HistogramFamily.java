package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.http.MetricsView;
import java.time.Duration;
import java.util.List;

/**
 * A histogram of times that is told apart by labels, whose values must not depend on anything of
 * which there is no end. Safe for use by many threads; never blocks.
 */
public final class HistogramFamily {
  /** For calls of a service: from some milliseconds to what a long poll takes. */
  public static final List<Duration> CALLS =
      Histogram.millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);

  /** For what people wait for: from a moment to half a day. */
  public static final List<Duration> WAITS =
      Histogram.millis(
          100,
          500,
          1_000,
          2_000,
          5_000,
          10_000,
          30_000,
          60_000,
          120_000,
          300_000,
          600_000,
          1_800_000,
          3_600_000,
          7_200_000,
          21_600_000,
          43_200_000);

  private final String name;
  private final String help;
  private final Family<Histogram> series;

  /**
   * @param name ends in {@code _seconds}
   * @param bounds the buckets' upper ends, without the endless one
   */
  public HistogramFamily(String name, String help, List<Duration> bounds, String... labels) {
    if (!name.endsWith("_seconds")) {
      throw new IllegalArgumentException("histogram " + name);
    }
    this.name = name;
    this.help = help;
    List<Duration> copy = List.copyOf(bounds);
    this.series = new Family<>(List.of(labels), () -> new Histogram(copy));
  }

  public void observe(Duration took, String... values) {
    series.of(values).observe(took);
  }

  public MetricsView.Metric metric() {
    return new MetricsView.Metric(
        name,
        help,
        MetricsView.Type.HISTOGRAM,
        series.all().entrySet().stream()
            .flatMap(it -> it.getValue().samples(it.getKey()).stream())
            .toList());
  }
}
