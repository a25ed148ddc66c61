package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;

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
}
