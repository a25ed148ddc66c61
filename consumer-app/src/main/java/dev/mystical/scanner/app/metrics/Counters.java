package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.http.MetricsView;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What this process has done since it started. Safe for use by many threads. */
public final class Counters implements MetricsView {
  /** One thing that is counted. */
  public enum Count {
    MESSAGES_RECEIVED("Messages received"),
    MESSAGES_REPEATED("Messages received while they were being worked on"),
    MESSAGES_DELETED("Messages deleted"),
    MESSAGES_RETURNED("Messages given back to the queue"),
    DELETES_FAILED("Deletes of messages that failed and were tried again"),
    LEASES_RENEWED("Leases of messages renewed"),
    LEASES_LOST("Leases lost before their message was done"),
    RUNS_CLAIMED("Runs looked at because they were due"),
    TASK_EVENTS("Task events received"),
    TASK_EVENTS_USED("Task events that made a run due"),
    WEBHOOKS_SENT("Tries of webhooks"),
    WEBHOOKS_DELIVERED("Webhooks that arrived"),
    WEBHOOKS_FAILED("Webhooks that were given up"),
    FAULTS("Messages and runs whose work met an error of our own");

    private final String help;

    Count(String help) {
      this.help = help;
    }

    /** Its name among the metrics. */
    public String metric() {
      return "scanner_" + name().toLowerCase(Locale.ROOT) + "_total";
    }
  }

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  public Counters() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  public void add(Count count, int amount) {
    of(count).add(amount);
  }

  public void add(Count count) {
    of(count).increment();
  }

  public long get(Count count) {
    return of(count).sum();
  }

  @Override
  public List<Metric> metrics() {
    return Stream.of(Count.values())
        .map(it -> Metric.of(it.metric(), it.help, Type.COUNTER, (double) get(it)))
        .toList();
  }

  private LongAdder of(Count count) {
    LongAdder adder = counts.get(count);
    if (adder == null) {
      throw new IllegalStateException("every count has an adder");
    }
    return adder;
  }
}
