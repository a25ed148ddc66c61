package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.Lease;
import dev.mystical.scanner.domain.queue.LeaseTerms;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.queue.ScanQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the leases of all held messages, and gives messages back. Both change a message's
 * visibility, so both are done here, one after the other: a renewal under way can never undo a
 * return.
 *
 * <p>One thread turns it.
 */
final class LeaseKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  private final ScanQueue queue;
  private final InFlight inFlight;
  private final QueueTerms terms;
  private final InstantSource clock;
  private final Counters counters;

  LeaseKeeper(
      ScanQueue queue,
      InFlight inFlight,
      QueueTerms terms,
      InstantSource clock,
      Counters counters) {
    this.queue = queue;
    this.inFlight = inFlight;
    this.terms = terms;
    this.clock = clock;
    this.counters = counters;
  }

  Duration turn() throws InterruptedException {
    // A queue that did not answer ends each of the two, since a turn of many such calls would look
    // stuck; what is left is due at once.
    giveBack();
    renew();
    if (inFlight.busyReturning()) {
      return Duration.ZERO;
    }
    Duration rest = Duration.between(clock.instant(), inFlight.nextRenewal());
    return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
  }

  private void renew() throws InterruptedException {
    if (inFlight.nextRenewal().isAfter(clock.instant())) {
      return;
    }
    LeaseTerms now = terms.lease();
    // Those that fall due soon come along: a call costs the same for one and for ten.
    Instant by = clock.instant().plus(now.visibility().dividedBy(8));
    List<Lease> due = inFlight.renewable(by).stream().filter(lease -> alive(lease, now)).toList();
    boolean answered = true;
    for (int from = 0; answered && from < due.size(); from += ScanQueue.BATCH) {
      answered = renew(due.subList(from, Math.min(from + ScanQueue.BATCH, due.size())), now);
    }
  }

  /** A lease that has run out, or may not be renewed any more, is lost; the message will return. */
  private boolean alive(Lease lease, LeaseTerms rules) {
    Instant now = clock.instant();
    if (now.isBefore(lease.until()) && !rules.atLimit(lease, now)) {
      return true;
    }
    if (!now.isBefore(lease.until())) {
      lose(lease.receipt(), "not renewed in time");
    } else {
      inFlight.renewalFailed(lease, rules, now);
    }
    return false;
  }

  private boolean renew(List<Lease> batch, LeaseTerms rules) throws InterruptedException {
    Instant asked = clock.instant();
    try {
      List<EntryResult> results =
          queue.extend(batch.stream().map(Lease::receipt).toList(), rules.visibility());
      for (int i = 0; i < batch.size(); i++) {
        renewed(batch.get(i), results.get(i), rules, asked);
      }
      return true;
    } catch (QueueUnavailable away) {
      LOG.warn("event=renewal-failed messages={} reason=\"{}\"", batch.size(), away.getMessage());
      batch.forEach(lease -> inFlight.renewalFailed(lease, rules, clock.instant()));
      return false;
    }
  }

  private void renewed(Lease lease, EntryResult result, LeaseTerms rules, Instant asked) {
    switch (result) {
      case EntryResult.Done() -> {
        counters.add(Count.LEASES_RENEWED);
        inFlight.renewed(lease, rules, asked);
      }
      case EntryResult.Gone(String reason) -> lose(lease.receipt(), reason);
      case EntryResult.Failed(String reason) -> {
        LOG.warn("event=renewal-failed messageId={} reason=\"{}\"", lease.id(), reason);
        inFlight.renewalFailed(lease, rules, clock.instant());
      }
    }
  }

  private void lose(Receipt receipt, String reason) {
    if (inFlight.lost(receipt)) {
      counters.add(Count.LEASES_LOST);
      LOG.warn("event=lease-lost messageId={} reason=\"{}\"", receipt.message(), reason);
    }
  }

  /** The last turn: gives back what waits for it; no call begins after the deadline. */
  void flush(Instant deadline) throws InterruptedException {
    while (inFlight.busyReturning() && clock.instant().isBefore(deadline)) {
      giveBack();
    }
  }

  private void giveBack() throws InterruptedException {
    InFlight.Returns returns = inFlight.returnable(ScanQueue.BATCH, clock.instant());
    while (!returns.receipts().isEmpty() && answered(returns)) {
      returns = inFlight.returnable(ScanQueue.BATCH, clock.instant());
    }
  }

  /** Once is enough: what cannot be given back comes back by itself when its lease ends. */
  private boolean answered(InFlight.Returns returns) throws InterruptedException {
    boolean answered = true;
    try {
      queue.extend(returns.receipts(), returns.hidden());
    } catch (QueueUnavailable away) {
      LOG.warn(
          "event=return-failed messages={} reason=\"{}\"",
          returns.receipts().size(),
          away.getMessage());
      answered = false;
    }
    // Not after an interrupt: what it cut off is given back by the keeper's last turn.
    counters.add(Count.MESSAGES_RETURNED, returns.receipts().size());
    returns.receipts().forEach(inFlight::gone);
    return answered;
  }
}
