package dev.mystical.scanner.http;

import java.time.Instant;
import java.util.List;

/**
 * What the listener tells of the process's health. Asked on each request, by many threads; answers
 * from memory, without blocking.
 */
public interface HealthView {
  /** Every loop of this process; one that has stopped turning is a reason to restart it. */
  List<Loop> loops();

  /** Everything outside that the process needs; what is down is a reason to send it no work. */
  List<Dependency> dependencies();

  /** Whether the process is on its way to its end. */
  boolean draining();

  /**
   * A thread that does something again and again.
   *
   * @param turning whether it did so within its time
   */
  record Loop(String name, boolean turning, Instant lastTurn) {}

  /**
   * Something outside.
   *
   * @param since when it got this status
   * @param detail one sentence for a person; no secret
   */
  record Dependency(String name, Status status, Instant since, String detail) {}

  /** How something outside does. */
  enum Status {
    UP,
    /** Not all of it works, but enough to go on. */
    DEGRADED,
    DOWN
  }
}
