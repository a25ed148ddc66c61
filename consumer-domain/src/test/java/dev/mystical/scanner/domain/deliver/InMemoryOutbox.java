package dev.mystical.scanner.domain.deliver;

import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.KeptWebhooks;
import dev.mystical.scanner.domain.ledger.KeptWebhooks.Kept;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.OutboxEntry;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/** The outbox of a ledger in memory, which guards it; it can be told to fail. */
public final class InMemoryOutbox implements Outbox {
  /** How a call goes wrong. */
  private enum Fault {
    NOT_DONE,
    DONE_UNANSWERED
  }

  private final InMemoryScanLedger ledger;
  private final InstantSource clock;
  private final Function<ScanEvent, String> bodies;
  // Guarded by itself.
  private final Queue<Fault> faults = new ArrayDeque<>();

  /** With bodies that name the scan and the moment, and nothing else. */
  public InMemoryOutbox(InMemoryScanLedger ledger, InstantSource clock) {
    this(
        ledger,
        clock,
        event -> "{\"scan\":\"%s\",\"time\":\"%s\"}".formatted(event.scan().key(), event.time()));
  }

  /** With the bodies that a store writes. */
  public InMemoryOutbox(
      InMemoryScanLedger ledger, InstantSource clock, Function<ScanEvent, String> bodies) {
    this.ledger = ledger;
    this.clock = clock;
    this.bodies = bodies;
  }

  /** So many next calls throw, and do nothing. */
  public void failNext(int calls) {
    add(calls, Fault.NOT_DONE);
  }

  /** So many next calls do what they were asked for, and then throw. */
  public void executeThenFail(int calls) {
    add(calls, Fault.DONE_UNANSWERED);
  }

  @Override
  public Claim claim(int most, Duration lease) throws InterruptedException {
    return call(webhooks -> {
      Instant now = clock.instant();
      // Commits and deliverers ask for whole milliseconds: no time of theirs is the end of a lease.
      Instant until = now.plus(lease).plus(Duration.ofNanos(1_000));
      List<Kept> due = webhooks.due(now).stream().limit(most).toList();
      due.forEach(webhook -> webhooks.put(webhook.dueAt(until)));
      return new Claim(
          due.stream().map(webhook -> outgoing(webhook, until)).toList(),
          now,
          webhooks.waiting().size());
    });
  }

  private Outgoing outgoing(Kept webhook, Instant until) {
    OutboxEntry entry = webhook.entry();
    return new Outgoing(
        entry.id(),
        entry.url(),
        bodies.apply(entry.event()),
        entry.event().scan().key(),
        webhook.state().tries(),
        webhook.first(),
        until);
  }

  @Override
  public void again(Outgoing claimed, Instant at) throws InterruptedException {
    call(webhooks -> {
      claimed(webhooks, claimed)
          .ifPresent(webhook ->
              webhooks.put(
                  new Kept(
                      webhook.entry(),
                      new CallbackState(CallbackState.Status.PENDING, claimed.tries() + 1),
                      Optional.of(webhook.first().orElseGet(clock::instant)),
                      Optional.of(at),
                      webhook.endedBy())));
      return true;
    });
  }

  @Override
  public void putBack(Outgoing claimed, Instant at) throws InterruptedException {
    call(webhooks -> {
      claimed(webhooks, claimed).ifPresent(webhook -> webhooks.put(webhook.dueAt(at)));
      return true;
    });
  }

  @Override
  public boolean end(Outgoing claimed, CallbackState.Status end) throws InterruptedException {
    return call(webhooks -> {
      Optional<Instant> by = Optional.of(claimed.until());
      claimed(webhooks, claimed)
          .ifPresent(webhook ->
              webhooks.put(
                  new Kept(
                      webhook.entry(),
                      new CallbackState(end, claimed.tries() + 1),
                      webhook.first(),
                      Optional.empty(),
                      by)));
      return webhooks.find(claimed.id()).map(Kept::endedBy).equals(Optional.of(by));
    });
  }

  @Override
  public void redeliver(OutboxEntry entry) throws InterruptedException {
    call(webhooks -> {
      OutboxEntry kept = webhooks.find(entry.id()).map(Kept::entry).orElse(entry);
      webhooks.put(Kept.untried(kept, clock.instant()));
      return true;
    });
  }

  @Override
  public Optional<CallbackState> state(String id) throws InterruptedException {
    return call(webhooks -> webhooks.find(id).map(Kept::state));
  }

  private static Optional<Kept> claimed(KeptWebhooks webhooks, Outgoing claimed) {
    return webhooks
        .find(claimed.id())
        .filter(webhook -> webhook.due().equals(Optional.of(claimed.until())));
  }

  private <T> T call(Function<KeptWebhooks, T> work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Optional<Fault> fault = fault();
    if (fault.equals(Optional.of(Fault.NOT_DONE))) {
      throw new LedgerUnavailable("refused by the test", new IOException("connection refused"));
    }
    T result = ledger.delivering(work);
    if (fault.isPresent()) {
      throw new LedgerUnavailable("unanswered by the test", new IOException("connection reset"));
    }
    return result;
  }

  private Optional<Fault> fault() {
    synchronized (faults) {
      return Optional.ofNullable(faults.poll());
    }
  }

  private void add(int calls, Fault fault) {
    synchronized (faults) {
      for (int i = 0; i < calls; i++) {
        faults.add(fault);
      }
    }
  }
}
