package dev.mystical.scanner.app.health;

import dev.mystical.scanner.app.consume.Consumer;
import dev.mystical.scanner.app.consume.Counters;
import dev.mystical.scanner.app.supervise.Supervisor;
import dev.mystical.scanner.http.MetricsView;
import dev.mystical.scanner.redis.feed.FeedCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The numbers of this process. */
public final class ServerMetrics implements MetricsView {
  private final Counters counters;
  private final Optional<Consumer> consumer;
  private final Optional<Supervisor> supervisor;
  private final Supplier<FeedCounts> feed;

  public ServerMetrics(
      Counters counters,
      Optional<Consumer> consumer,
      Optional<Supervisor> supervisor,
      Supplier<FeedCounts> feed) {
    this.counters = counters;
    this.consumer = consumer;
    this.supervisor = supervisor;
    this.feed = feed;
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    for (Counters.Count count : Counters.Count.values()) {
      metrics.add(counter(count.metric(), count.help(), counters.get(count)));
    }
    consumer.ifPresent(it -> {
      metrics.add(gauge("scanner_in_flight", "Messages held now", it.inFlight()));
      metrics.add(gauge("scanner_seats", "Messages that can be held", it.seats()));
    });
    supervisor.ifPresent(it -> {
      metrics.add(gauge("scanner_watched_runs", "Runs that all supervisors watch", it.watched()));
      metrics.add(gauge("scanner_relaunching_runs", "Runs launched again here", it.relaunching()));
    });
    FeedCounts errors = feed.get();
    metrics.add(
        counter("scanner_errors_published_total", "Errors told to the feed", errors.published()));
    metrics.add(
        counter("scanner_errors_streamed_total", "Errors written at once", errors.streamed()));
    metrics.add(
        counter("scanner_errors_replayed_total", "Errors written from disk", errors.replayed()));
    metrics.add(gauge("scanner_errors_spooled", "Errors that wait on disk", errors.spooled()));
    metrics.add(
        gauge(
            "scanner_errors_suppressed",
            "Repeats of system errors that no entry counts yet, or that one counts",
            errors.suppressed()));
    metrics.add(counter("scanner_errors_dropped_total", "Errors lost", errors.dropped()));
    metrics.add(gauge("scanner_errors_waiting", "Errors on their way", errors.waiting()));
    return metrics;
  }

  private static Metric counter(String name, String help, long value) {
    return Metric.of(name, help, Type.COUNTER, (double) value);
  }

  private static Metric gauge(String name, String help, long value) {
    return Metric.of(name, help, Type.GAUGE, (double) value);
  }
}
