package dev.mystical.scanner.app.system;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.stand.ecs.TaskEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cancels scans a while after ECS has their first task, and tries on while Redis is away or does
 * not know them.
 */
final class Cancels implements TaskEvents, AutoCloseable {
  private static final Pattern SCAN = Pattern.compile("\"startedBy\"\\s*:\\s*\"scan/([^/\"]+)/");
  private static final Duration AGAIN = Duration.ofMillis(300);

  private final SystemLedger ledger;
  private final Map<String, Duration> waiting;
  private final Map<String, Instant> done = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(4, Thread.ofVirtual().name("cancel-", 0).factory());

  /**
   * The ledger stays the caller's, who closes it.
   *
   * @param delays how long after its task's first event each scan is cancelled
   */
  Cancels(SystemLedger ledger, Map<String, Duration> delays) {
    this.ledger = ledger;
    this.waiting = new ConcurrentHashMap<>(delays);
  }

  @Override
  public void deliver(String event) {
    Matcher scan = SCAN.matcher(event);
    if (scan.find()) {
      Duration delay = waiting.remove(scan.group(1));
      if (delay != null) {
        later(scan.group(1), delay);
      }
    }
  }

  /** Since when it is certain that the ledger has heard of it, if it was cancelled. */
  Optional<Instant> done(String scanId) {
    return Optional.ofNullable(done.get(scanId));
  }

  private void later(String scanId, Duration delay) {
    var unused = timer.schedule(() -> cancel(scanId), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void cancel(String scanId) {
    Instant asked = Instant.now();
    try {
      switch (ledger.cancel(scanId)) {
        case DONE -> done.put(scanId, asked);
        case TOO_LATE -> {}
        case UNKNOWN -> later(scanId, AGAIN);
      }
    } catch (LedgerUnavailable away) {
      later(scanId, AGAIN);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
