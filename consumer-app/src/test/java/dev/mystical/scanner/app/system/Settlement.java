package dev.mystical.scanner.app.system;

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;

/** Waits until nothing is left to be done, looking again whenever a state has changed. */
final class Settlement implements AutoCloseable {
  private static final String DUE = "scanner:due";
  private static final String TASKS = "scanner:tasks";
  private static final int GLANCE_MILLIS = 500;

  private final SystemEvents events;
  private final SystemLedger ledger;
  private StreamEntryID last = new StreamEntryID("0-0");

  Settlement(SystemStand stand) {
    events = stand.events();
    ledger = stand.ledger();
  }

  /** Waits until the ledger has all of these scans, and each of them has ended. */
  Map<String, Scan> awaitEnded(Collection<String> scanIds, Duration atMost)
      throws InterruptedException {
    Map<String, Scan> ended = new TreeMap<>();
    Map<String, String> others = new TreeMap<>();
    TreeSet<String> left = new TreeSet<>(scanIds);
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!left.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "%d of %d have not ended after %s: %s"
                .formatted(left.size(), scanIds.size(), atMost, others));
      }
      awaitChange();
      others.clear();
      for (String scanId : left) {
        Found.Entry entry = ledger.entry(scanId);
        if (entry instanceof Found.Versioned(Scan scan, long version) && scan.status().ended()) {
          ended.put(scanId, scan);
        } else {
          others.put(scanId, String.valueOf(entry));
        }
      }
      left.removeAll(ended.keySet());
    }
    return ended;
  }

  /** Waits until nobody has to look at any run or task any more. */
  void awaitNothingWatched(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (watched() > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "after %s: due %s, tasks %s"
                .formatted(
                    atMost,
                    events.redis().zrangeWithScores(DUE, 0, -1),
                    events.redis().hgetAll(TASKS)));
      }
      awaitChange();
    }
  }

  private long watched() {
    return events.redis().zcard(DUE) + events.redis().hlen(TASKS);
  }

  private void awaitChange() {
    var answer =
        events
            .redis()
            .xread(
                XReadParams.xReadParams().count(1_000).block(GLANCE_MILLIS),
                Map.of(SystemEvents.EVENTS, last));
    if (answer != null && !answer.isEmpty()) {
      last = answer.getFirst().getValue().getLast().getID();
    }
  }

  @Override
  public void close() {
    ledger.close();
    events.close();
  }
}
