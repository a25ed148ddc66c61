package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;
import java.util.Optional;

/** Writes what is decided about a scan, beside all others who write. Has no state. */
public record ScanWriter(ScanLedger ledger) {
  /** A scan that workers write all the time lets somebody else in after a few tries. */
  private static final int TRIES = 50;

  /**
   * What was decided.
   *
   * @param after what is to be written; empty for nothing
   * @param answer what it means for whoever asked
   */
  public record Step<T>(Optional<Scan> after, T answer) {
    public static <T> Step<T> write(Scan after, T answer) {
      return new Step<>(Optional.of(after), answer);
    }

    public static <T> Step<T> leave(T answer) {
      return new Step<>(Optional.empty(), answer);
    }
  }

  /** Decides by a scan as it stands; asked again whenever somebody else wrote first. */
  @FunctionalInterface
  public interface Decision<T> {
    Step<T> decide(Scan scan, Instant now);
  }

  /**
   * Decides, and writes that. Blocks for a bounded number of calls of bounded length, and throws
   * {@link LedgerUnavailable} when there is no answer; it may then have been written.
   *
   * @param now the ledger's time when the scan was read
   * @return empty if others wrote first each time, or the scan went away meanwhile
   */
  public <T> Optional<T> apply(Found.Versioned known, Instant now, Decision<T> decision)
      throws InterruptedException {
    Found at = new Found(known, now);
    for (int tries = 0; tries < TRIES; tries++) {
      if (!(at.entry() instanceof Found.Versioned scan)) {
        return Optional.empty();
      }
      Step<T> step = decision.decide(scan.scan(), at.now());
      if (step.after().isEmpty()) {
        return Optional.of(step.answer());
      }
      switch (ledger.commit(Commit.of(scan, step.after().get(), at.now()))) {
        case CommitResult.Committed written -> {
          return Optional.of(step.answer());
        }
        case CommitResult.Stale(Found current) -> at = current;
      }
    }
    return Optional.empty();
  }
}
