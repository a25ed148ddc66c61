package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.queue.ScanQueue;
import dev.mystical.scanner.domain.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes finished messages: the one place in the program that does. In batches, since each call
 * costs; what fails is tried again for as long as the lease is kept. A message that escapes all
 * that returns, and is deleted then, since the ledger knows that it is done.
 *
 * <p>{@link #accept} from any worker; one thread turns it.
 */
final class Deleter {
  private static final Logger LOG = LoggerFactory.getLogger(Deleter.class);
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final int LAST_TRIES = 3;
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20));

  private final ScanQueue queue;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Counters counters;

  Deleter(
      ScanQueue queue,
      InFlight inFlight,
      InstantSource clock,
      RandomGenerator random,
      Counters counters) {
    this.queue = queue;
    this.inFlight = inFlight;
    this.clock = clock;
    this.random = random;
    this.counters = counters;
  }

  /** Takes a message for deletion; nothing but the proof that it is finished opens this way. */
  void accept(MessageId id, Finished proof) {
    if (proof instanceof Finished.Refused(MessageId refused) && !refused.equals(id)) {
      throw new IllegalArgumentException("the refusal of " + refused + " proves nothing of " + id);
    }
    String why =
        switch (proof) {
          case Finished.Launched(var scan) -> "scan " + scan.key() + " is " + scan.status();
          case Finished.Refused(var message) -> "refused";
        };
    boolean kept = inFlight.finish(id, clock.instant());
    LOG.debug("event=finished messageId={} why=\"{}\" lease={}", id, why, kept ? "kept" : "lost");
  }

  Duration turn() throws InterruptedException {
    List<Receipt> batch = due(LINGER);
    // A queue that did not answer is not asked for the next batch in the same turn: a turn of many
    // such calls would look stuck.
    while (!batch.isEmpty() && answered(batch)) {
      batch = due(LINGER);
    }
    return inFlight.busyDeleting() ? LINGER.dividedBy(4) : Duration.ofSeconds(5);
  }

  /**
   * Deletes what is finished, waiting neither for a batch to fill nor for the next try to be due. A
   * few tries, and none that begins after the deadline.
   */
  void flush(Instant deadline) throws InterruptedException {
    for (int round = 0; round < LAST_TRIES && inFlight.busyDeleting(); round++) {
      inFlight.hurryDeletes(clock.instant());
      List<Receipt> batch = due(Duration.ZERO);
      while (!batch.isEmpty() && clock.instant().isBefore(deadline)) {
        answered(batch);
        batch = due(Duration.ZERO);
      }
    }
  }

  private List<Receipt> due(Duration linger) {
    return inFlight.deletable(ScanQueue.BATCH, linger, clock.instant());
  }

  private boolean answered(List<Receipt> batch) throws InterruptedException {
    try {
      List<EntryResult> results = queue.delete(batch);
      for (int i = 0; i < batch.size(); i++) {
        deleted(batch.get(i), results.get(i));
      }
      return true;
    } catch (QueueUnavailable away) {
      LOG.warn("event=delete-failed messages={} reason=\"{}\"", batch.size(), away.getMessage());
      batch.forEach(this::later);
      return false;
    }
  }

  private void deleted(Receipt receipt, EntryResult result) {
    switch (result) {
      case EntryResult.Done() -> {
        counters.add(Count.MESSAGES_DELETED);
        inFlight.gone(receipt);
      }
      case EntryResult.Gone(String reason) -> {
        LOG.warn("event=delete-too-late messageId={} reason=\"{}\"", receipt.message(), reason);
        inFlight.gone(receipt);
      }
      case EntryResult.Failed(String reason) -> {
        LOG.warn("event=delete-failed messageId={} reason=\"{}\"", receipt.message(), reason);
        later(receipt);
      }
    }
  }

  private void later(Receipt receipt) {
    counters.add(Count.DELETES_FAILED);
    Instant now = clock.instant();
    inFlight.tryLater(receipt, now.plus(RETRY.delay(inFlight.failures(receipt), random)));
  }
}
