package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.launch.Admission;

/**
 * The pace of the supervisors' calls, shared by all replicas. Safe for use by many threads. Each
 * method blocks for one call of bounded length, answers {@link Admission.Go} or {@link
 * Admission.Later} alone, and throws {@link dev.mystical.scanner.domain.ledger.LedgerUnavailable}
 * when there is no answer.
 */
public interface CallPace {
  /**
   * Asks for one call that reads tasks (DescribeTasks, ListTasks): a quarter of what ECS allows an
   * account, so that people's consoles and other tools have the rest.
   */
  Admission read() throws InterruptedException;

  /** Asks for one StopTask call, from the same pace as RunTask: ECS counts them together. */
  Admission stop() throws InterruptedException;
}
