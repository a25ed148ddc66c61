package dev.mystical.scanner.domain.reconcile;

import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.scan.SampleScans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** One replica's turns in memory. Its ledger's faults are its own as well. */
public final class InMemoryReconcileTurns implements ReconcileTurns {
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** What all replicas share. Every field is guarded by {@code this}. */
  public static final class Shared {
    /** A turn, and until when it is given. */
    private record Held(Object holder, Instant until) {}

    private final InMemoryScanLedger ledger;
    private final InstantSource clock;
    private Optional<Held> held = Optional.empty();
    private Instant next = Instant.EPOCH;

    public Shared(InMemoryScanLedger ledger, InstantSource clock) {
      this.ledger = ledger;
      this.clock = clock;
    }

    /** Loses everything, as the ledger does. */
    public synchronized void lose() {
      ledger.lose();
      held = Optional.empty();
      next = Instant.EPOCH;
    }

    private synchronized Turn ask(Object replica, boolean whole) {
      if (whole && next.isAfter(clock.instant())) {
        return Turn.REST;
      }
      if (holder().isPresent() && !holds(replica)) {
        return Turn.OTHERS;
      }
      give(replica);
      if (whole) {
        return Turn.ROUTINE;
      }
      ledger.beBorn();
      return Turn.REBORN;
    }

    private synchronized boolean keep(Object replica) {
      boolean mine = holds(replica);
      if (mine) {
        give(replica);
      }
      return mine;
    }

    private synchronized void giveUp(Object replica) {
      if (holds(replica)) {
        held = Optional.empty();
      }
    }

    private synchronized boolean finished(Object replica) {
      if (!holds(replica)) {
        return false;
      }
      ledger.reconciled();
      held = Optional.empty();
      next = clock.instant().plus(EVERY);
      return true;
    }

    private void give(Object replica) {
      held = Optional.of(new Held(replica, clock.instant().plus(LEASE)));
    }

    private boolean holds(Object replica) {
      return holder().filter(replica::equals).isPresent();
    }

    private Optional<Object> holder() {
      return held.filter(it -> it.until().isAfter(clock.instant())).map(Held::holder);
    }
  }

  private final Shared shared;

  public InMemoryReconcileTurns(Shared shared) {
    this.shared = shared;
  }

  @Override
  public Turn ask() throws InterruptedException {
    return shared.ask(this, whole());
  }

  @Override
  public boolean keep() throws InterruptedException {
    whole();
    return shared.keep(this);
  }

  @Override
  public void giveUp() throws InterruptedException {
    whole();
    shared.giveUp(this);
  }

  @Override
  public boolean finished() throws InterruptedException {
    whole();
    return shared.finished(this);
  }

  private boolean whole() throws InterruptedException {
    return shared.ledger.load(SampleScans.newKey()).doubtfulBefore().equals(Instant.EPOCH);
  }
}
