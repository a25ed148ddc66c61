package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * When each watched run is to be looked at next. Commits of the ledger set and take away timers;
 * this is how supervisors find what is due. Safe for use by many threads and many replicas. Every
 * method blocks for one call of bounded length, and throws {@link
 * dev.mystical.scanner.domain.ledger.LedgerUnavailable} when there is no answer.
 */
public interface RunTimers {
  /**
   * What a claim brings.
   *
   * @param runs due by the ledger's time, the longest due first; each is put off by the lease, so
   *     that another replica finds it if this one dies with it
   * @param until when the lease is over
   * @param next when the next one is due, if nothing is due now; far away where there is none
   * @param now the ledger's time
   * @param eventsFlow whether task events came in of late
   */
  record Claim(List<RunRef> runs, Instant until, Instant next, Instant now, boolean eventsFlow) {
    public Claim {
      runs = List.copyOf(runs);
    }
  }

  /** Takes up to so many due runs. */
  Claim claim(int most, Duration lease) throws InterruptedException;

  /**
   * Sets other times for runs whose timers are still as that claim left them. A timer that a
   * commit, an event or another claim has set since stays as it is, and one that is gone stays
   * gone: what the claimer saw of the run is older. Idempotent.
   */
  void putOff(Claim claim, Map<RunRef, Instant> times) throws InterruptedException;

  /** Takes the timers of runs away whose scans the ledger does not have. Idempotent. */
  void forget(Collection<RunRef> runs) throws InterruptedException;

  /**
   * Makes the runs due now to which these tasks belong, and notes that task events flow if any of
   * them is ours. Answers how many are. Idempotent. They stay due until they are claimed, whatever
   * time a commit asks for meanwhile: who makes it may have looked before the event.
   */
  int hurry(Collection<TaskArn> tasks) throws InterruptedException;

  /** How many runs are watched. */
  long size() throws InterruptedException;
}
