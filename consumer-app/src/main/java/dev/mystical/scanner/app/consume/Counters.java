package dev.mystical.scanner.app.consume;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What this process has done since it started. Safe for use by many threads. */
public final class Counters {
  /** One thing that is counted. */
  public enum Count {
    RECEIVES("Calls of ReceiveMessage"),
    RECEIVED("Messages received"),
    REPEATED("Messages received while they were being worked on"),
    RENEWALS("Calls that renewed leases"),
    LEASES_LOST("Leases lost before their message was done"),
    DELETE_CALLS("Calls that deleted messages"),
    DELETED("Messages deleted"),
    DELETES_FAILED("Deletes that failed and were tried again"),
    RETURNED("Messages given back to the queue"),
    REFUSED("Messages that were no requests"),
    SCANS_BEGUN("Scans written to the ledger"),
    RUN_TASK_CALLS("Calls of RunTask"),
    LAUNCHED("Tasks launched"),
    RELAUNCHED("Runs handed to another attempt"),
    CLAIMED("Runs looked at because they were due"),
    LOOK_CALLS("Calls of DescribeTasks that followed tasks"),
    SEARCH_CALLS("Searches for tasks that nobody told of"),
    STOP_CALLS("Calls of StopTask"),
    RUNS_ENDED("Runs that supervision ended"),
    TASK_EVENTS("Task events received"),
    OWN_TASK_EVENTS("Task events that made a run due"),
    WEBHOOKS_SENT("Tries of webhooks"),
    WEBHOOKS_DELIVERED("Webhooks that arrived"),
    WEBHOOKS_FAILED("Webhooks that were given up"),
    FAULTS("Messages and runs whose work met an error of our own");

    private final String help;

    Count(String help) {
      this.help = help;
    }

    public String help() {
      return help;
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

  private LongAdder of(Count count) {
    LongAdder adder = counts.get(count);
    if (adder == null) {
      throw new IllegalStateException("every count has an adder");
    }
    return adder;
  }
}
