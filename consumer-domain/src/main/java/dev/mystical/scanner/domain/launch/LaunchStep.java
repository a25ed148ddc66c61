package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;
import java.util.function.Function;

/** What is to be done next about a scan's launches. */
public sealed interface LaunchStep {
  /** Every run is launched or ended: the message may go. */
  record Settled(Scan scan) implements LaunchStep {}

  /** Commit this, and only then ask again. */
  record Write(Scan scan) implements LaunchStep {}

  /** Search ECS for a task of this attempt that nobody told us of. */
  record Find(ProviderId provider, Attempt attempt) implements LaunchStep {}

  /** Call RunTask; the attempt is written. */
  record Launch(ProviderId provider, TaskRequest request) implements LaunchStep {}

  /** Nothing before that moment. */
  record LaterAt(Instant moment) implements LaunchStep {}

  /**
   * A scan after all that the steps for it write before they do anything else: one commit does for
   * all of that.
   */
  static Scan written(Scan scan, Function<Scan, LaunchStep> steps) {
    Scan at = scan;
    while (steps.apply(at) instanceof Write(Scan next)) {
      at = next;
    }
    return at;
  }
}
