package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.http.MetricsView;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * A counter that is told apart by labels. What their values are must not depend on tenants, scans
 * or anything else of which there is no end. Safe for use by many threads; never blocks.
 */
public final class CounterFamily {
  private final String name;
  private final String help;
  private final Family<LongAdder> series;

  /**
   * @param name ends in {@code _total}
   */
  public CounterFamily(String name, String help, String... labels) {
    if (!name.endsWith("_total")) {
      throw new IllegalArgumentException("counter " + name);
    }
    this.name = name;
    this.help = help;
    this.series = new Family<>(List.of(labels), LongAdder::new);
  }

  /** Counts one. */
  public void add(String... values) {
    add(1, values);
  }

  public void add(long amount, String... values) {
    series.of(values).add(amount);
  }

  /** Shows 0 from the start: what is not there yet cannot be seen to grow from nothing. */
  public void show(String... values) {
    add(0, values);
  }

  public MetricsView.Metric metric() {
    return new MetricsView.Metric(
        name,
        help,
        MetricsView.Type.COUNTER,
        series.all().entrySet().stream()
            .map(it -> new MetricsView.Sample("", it.getKey(), (double) it.getValue().sum()))
            .toList());
  }
}
