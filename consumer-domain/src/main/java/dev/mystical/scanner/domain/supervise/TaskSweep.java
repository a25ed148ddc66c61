package dev.mystical.scanner.domain.supervise;

import java.util.Optional;

/**
 * Goes through all tasks of a cluster, page by page, and brings those that were launched for scans.
 * It is how scans are found again after the ledger was lost. Safe for use by many threads.
 */
public interface TaskSweep {
  /** How many reading calls of ECS one page may cost. */
  int CALLS = 2;

  /**
   * What a listing names. A task goes from the first to the second and never back, so whoever wants
   * all of them reads RUNNING to its end first, and then STOPPED.
   */
  enum Listing {
    /** Tasks that are to run, those that only start included. */
    RUNNING,
    /** Tasks that are to stop or have stopped, these for about an hour. */
    STOPPED
  }

  /**
   * One page. A task shows some seconds after it was accepted, so one that was launched meanwhile
   * may be missing. Blocks for two calls of bounded length; throws {@link
   * dev.mystical.scanner.domain.launch.TasksUnavailable} when there is no answer, or one that
   * leaves open which tasks there are: then the same page may be asked for again. Idempotent.
   *
   * @param token none for the first page, then that of the page before, of the same listing
   */
  TaskPage page(String cluster, Listing listing, Optional<String> token)
      throws InterruptedException;
}
