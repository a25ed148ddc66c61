package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.Lease;
import dev.mystical.scanner.domain.queue.LeaseTerms;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The messages that this replica holds, each on one of a fixed number of seats. A seat is taken
 * before the message is received and free again when its work has ended and it is deleted, given
 * back or lost. This table is the only buffer between receive and delete, so its seats bound all of
 * it.
 *
 * <p>A message that comes again while it is held keeps its seat and its worker, with the newest
 * receipt. A lost one keeps its seat until its worker notices, and is whole again if it comes back
 * before that.
 *
 * <p>Safe for use by many threads: {@code this} guards the table; no call is made under it.
 */
final class InFlight {
  /** What becomes of a held message next. */
  private enum Phase {
    WORKING,
    DELETING,
    RETURNING
  }

  /**
   * @param at when it may be deleted or given back at the earliest
   * @param hidden for how long a returned message stays hidden
   * @param failures how often in a row its delete or return failed
   */
  private record Held(
      Lease lease, Phase phase, boolean lost, Instant at, Duration hidden, int failures) {
    Held with(Lease next) {
      return new Held(next, phase, false, at, hidden, failures);
    }

    Held to(Phase next, Instant when, Duration stayHidden) {
      return new Held(lease, next, lost, when, stayHidden, 0);
    }

    Held later(Instant when) {
      return new Held(lease, phase, lost, when, hidden, failures + 1);
    }

    Held at(Instant when) {
      return new Held(lease, phase, lost, when, hidden, failures);
    }

    Held asLost() {
      return new Held(lease, phase, true, at, hidden, failures);
    }
  }

  private final Semaphore seats;
  private final int total;
  private final Runnable onChange;
  private final Map<MessageId, Held> held = new LinkedHashMap<>();

  /**
   * @param onChange told when a message has a new lease, or when the work on it has ended
   */
  InFlight(int total, Runnable onChange) {
    this.total = total;
    this.seats = new Semaphore(total);
    this.onChange = onChange;
  }

  /**
   * Waits for one seat, then takes up to {@code max}, for which it may wait a little more: a batch
   * costs as much as a single message. Answers how many were taken, perhaps none.
   */
  int reserve(int max, Duration forOne, Duration forMore) throws InterruptedException {
    if (!seats.tryAcquire(forOne.toNanos(), TimeUnit.NANOSECONDS)) {
      return 0;
    }
    int taken = 1;
    try {
      long deadline = System.nanoTime() + forMore.toNanos();
      while (taken < max
          && seats.tryAcquire(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS)) {
        taken++;
      }
      return taken;
    } catch (InterruptedException stop) {
      seats.release(taken);
      throw stop;
    }
  }

  void giveBackSeats(int unused) {
    seats.release(unused);
  }

  int taken() {
    return total - seats.availablePermits();
  }

  int total() {
    return total;
  }

  /** Puts a delivery on a reserved seat; false if its message has a seat already. */
  boolean take(Delivery delivery, LeaseTerms terms, Instant received) {
    boolean first = seat(delivery, terms, received);
    onChange.run();
    return first;
  }

  private synchronized boolean seat(Delivery delivery, LeaseTerms terms, Instant received) {
    Lease lease = terms.received(delivery.receipt(), received);
    Held before = held.get(delivery.id());
    held.put(
        delivery.id(),
        before == null
            ? new Held(lease, Phase.WORKING, false, received, Duration.ZERO, 0)
            : before.with(lease));
    return before == null;
  }

  /** Whether the message is still ours to work on. */
  synchronized boolean holds(MessageId id) {
    Held message = held.get(id);
    return message != null && !message.lost();
  }

  /** The work is done and the message may be deleted; false if it was lost before. */
  boolean finish(MessageId id, Instant now) {
    return leave(id, Phase.DELETING, now, Duration.ZERO);
  }

  /** The work is not done; others may have the message after so long. */
  boolean giveBack(MessageId id, Instant now, Duration hidden) {
    return leave(id, Phase.RETURNING, now, hidden);
  }

  private boolean leave(MessageId id, Phase phase, Instant now, Duration hidden) {
    boolean kept = move(id, phase, now, hidden);
    onChange.run();
    return kept;
  }

  private synchronized boolean move(MessageId id, Phase phase, Instant now, Duration hidden) {
    Held message = held.get(id);
    if (message == null || message.phase() != Phase.WORKING) {
      throw new IllegalStateException("no work on message " + id);
    }
    if (message.lost()) {
      free(id);
      return false;
    }
    held.put(id, message.to(phase, now, hidden));
    return true;
  }

  /** Leases that want renewal by then, the soonest to run out first. */
  synchronized List<Lease> renewable(Instant by) {
    return held.values().stream()
        .filter(message -> !message.lost() && message.phase() != Phase.RETURNING)
        .map(Held::lease)
        .filter(lease -> !lease.renewAt().isAfter(by))
        .sorted(Comparator.comparing(Lease::until))
        .toList();
  }

  /** Receipts of finished messages, once a batch is full or the oldest has waited so long. */
  synchronized List<Receipt> deletable(int batch, Duration linger, Instant now) {
    List<Held> ready = ready(Phase.DELETING, now);
    boolean due =
        ready.size() >= batch
            || ready.stream().anyMatch(message -> !message.at().plus(linger).isAfter(now));
    return due ? ready.stream().limit(batch).map(it -> it.lease().receipt()).toList() : List.of();
  }

  /** Messages to give back, all with the same time to stay hidden. */
  synchronized Returns returnable(int batch, Instant now) {
    List<Held> ready = ready(Phase.RETURNING, now);
    if (ready.isEmpty()) {
      return new Returns(List.of(), Duration.ZERO);
    }
    Duration hidden = ready.getFirst().hidden();
    return new Returns(
        ready.stream()
            .filter(message -> message.hidden().equals(hidden))
            .limit(batch)
            .map(message -> message.lease().receipt())
            .toList(),
        hidden);
  }

  /** Messages to give back in one call. */
  record Returns(List<Receipt> receipts, Duration hidden) {}

  private List<Held> ready(Phase phase, Instant now) {
    return held.values().stream()
        .filter(message -> message.phase() == phase && !message.at().isAfter(now))
        .toList();
  }

  /** The earliest moment at which a lease wants renewal; far away when there is none. */
  synchronized Instant nextRenewal() {
    return held.values().stream()
        .filter(message -> !message.lost() && message.phase() != Phase.RETURNING)
        .map(message -> message.lease().renewAt())
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  synchronized boolean busyDeleting() {
    return held.values().stream().anyMatch(message -> message.phase() == Phase.DELETING);
  }

  synchronized boolean busyReturning() {
    return held.values().stream().anyMatch(message -> message.phase() == Phase.RETURNING);
  }

  synchronized void renewed(Lease lease, LeaseTerms terms, Instant asked) {
    held.computeIfPresent(
        lease.id(),
        (id, message) ->
            current(message, lease.receipt())
                ? message.with(terms.renewed(message.lease(), asked))
                : message);
  }

  synchronized void renewalFailed(Lease lease, LeaseTerms terms, Instant now) {
    held.computeIfPresent(
        lease.id(),
        (id, message) ->
            current(message, lease.receipt())
                ? message.with(terms.refused(message.lease(), now))
                : message);
  }

  /** The receipt is worth nothing any more; false if that is no news or a newer one is held. */
  synchronized boolean lost(Receipt receipt) {
    Held message = held.get(receipt.message());
    if (message == null || message.lost() || !current(message, receipt)) {
      return false;
    }
    if (message.phase() == Phase.WORKING) {
      held.put(receipt.message(), message.asLost());
    } else {
      free(receipt.message());
    }
    return true;
  }

  /** It is deleted, or given back: the seat is free. */
  synchronized void gone(Receipt receipt) {
    Held message = held.get(receipt.message());
    if (message != null && message.phase() != Phase.WORKING && current(message, receipt)) {
      free(receipt.message());
    }
  }

  /** Its delete failed: again after so long, unless a newer receipt is held by now. */
  synchronized void tryLater(Receipt receipt, Instant when) {
    held.computeIfPresent(
        receipt.message(),
        (id, message) -> current(message, receipt) ? message.later(when) : message);
  }

  /** Makes every delete due that waits for its next try. */
  synchronized void hurryDeletes(Instant now) {
    held.replaceAll((id, message) ->
        message.phase() == Phase.DELETING && message.at().isAfter(now) ? message.at(now) : message);
  }

  synchronized int failures(Receipt receipt) {
    Held message = held.get(receipt.message());
    return message == null ? 0 : message.failures();
  }

  synchronized List<MessageId> ids() {
    return new ArrayList<>(held.keySet());
  }

  private static boolean current(Held message, Receipt receipt) {
    return message.lease().receipt().equals(receipt);
  }

  private void free(MessageId id) {
    held.remove(id);
    seats.release();
  }
}
