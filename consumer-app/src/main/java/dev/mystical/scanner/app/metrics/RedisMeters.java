package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.http.MetricsView;
import dev.mystical.scanner.redis.RedisCallListener;
import java.time.Duration;
import java.util.List;

/** The calls of Redis. Safe for use by many threads. */
public final class RedisMeters implements RedisCallListener, MetricsView {
  private final CounterFamily calls =
      new CounterFamily("scanner_redis_calls_total", "Calls of Redis, by outcome", "outcome");
  private final HistogramFamily times =
      new HistogramFamily(
          "scanner_redis_call_seconds",
          "Time that calls of Redis took, the wait for a connection included",
          Histogram.millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000));

  public RedisMeters() {
    calls.show("ok");
    calls.show("failed");
  }

  @Override
  public void ended(boolean answered, Duration took) {
    calls.add(answered ? "ok" : "failed");
    times.observe(took);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(calls.metric(), times.metric());
  }
}
