package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.http.MetricsView;
import dev.mystical.scanner.redis.feed.FeedCounts;
import java.util.List;
import java.util.function.Supplier;

/** Where errors went: at every moment, the published ones are the sum of all the others. */
public final class FeedMetrics implements MetricsView {
  private final Supplier<FeedCounts> feed;

  public FeedMetrics(Supplier<FeedCounts> feed) {
    this.feed = feed;
  }

  @Override
  public List<Metric> metrics() {
    FeedCounts errors = feed.get();
    return List.of(
        counter("scanner_errors_published_total", "Errors told to the feed", errors.published()),
        counter("scanner_errors_streamed_total", "Errors written at once", errors.streamed()),
        counter("scanner_errors_replayed_total", "Errors written from disk", errors.replayed()),
        gauge("scanner_errors_spooled", "Errors that wait on disk", errors.spooled()),
        gauge(
            "scanner_errors_suppressed",
            "Repeats of system errors that no entry counts yet, or that one counts",
            errors.suppressed()),
        counter("scanner_errors_dropped_total", "Errors lost", errors.dropped()),
        gauge("scanner_errors_waiting", "Errors on their way", errors.waiting()));
  }

  private static Metric counter(String name, String help, long value) {
    return Metric.of(name, help, Type.COUNTER, (double) value);
  }

  private static Metric gauge(String name, String help, long value) {
    return Metric.of(name, help, Type.GAUGE, (double) value);
  }
}
