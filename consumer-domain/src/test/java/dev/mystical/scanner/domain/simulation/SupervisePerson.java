package dev.mystical.scanner.domain.simulation;

import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Somebody who cancels a scan at any time, and has an ended one retried. */
final class SupervisePerson {
  private enum Wish {
    CANCEL,
    RETRY
  }

  private final SuperviseWorld world;
  private final Deque<Wish> wishes = new ArrayDeque<>();
  private Instant at;

  SupervisePerson(SuperviseWorld world, RandomGenerator random) {
    this.world = world;
    for (int i = random.nextInt(4); i > 0; i--) {
      wishes.add(random.nextBoolean() ? Wish.CANCEL : Wish.RETRY);
    }
    this.at = later();
  }

  private Instant later() {
    int most = world.random.nextBoolean() ? 20 : 3_000;
    return world.clock.instant().plusMillis(world.random.nextInt(most * 1_000));
  }

  /** When there is something to do, if ever. */
  Optional<Instant> wakesAt() {
    return wishes.isEmpty() ? Optional.empty() : Optional.of(at);
  }

  void turn() {
    Wish wish = wishes.element();
    Scan scan = world.ledger.scan();
    boolean possible =
        wish == Wish.CANCEL
            ? !scan.status().ended()
            : scan.status().ended() && scan.status() != ScanStatus.SUCCEEDED;
    if (!possible) {
      // Whoever wants a retry waits for the end; what has ended cannot be cancelled any more.
      boolean waits = wish == Wish.RETRY && !scan.status().ended();
      if (waits) {
        at = world.clock.instant().plus(Duration.ofMinutes(1));
      } else {
        wishes.remove();
        at = later();
      }
      return;
    }
    Instant now = world.clock.instant();
    if (done(it -> wish == Wish.CANCEL ? it.cancelled(now) : it.retried(now))) {
      wishes.remove();
      at = later();
    } else {
      at = now.plusSeconds(1);
    }
  }

  private boolean done(UnaryOperator<Scan> change) {
    try {
      Found.Versioned known = world.ledger.load();
      Commit commit = Commit.of(known, change.apply(known.scan()), world.clock.instant());
      return world.ledger.commit(commit) instanceof CommitResult.Committed;
    } catch (LedgerUnavailable away) {
      return false;
    }
  }
}
