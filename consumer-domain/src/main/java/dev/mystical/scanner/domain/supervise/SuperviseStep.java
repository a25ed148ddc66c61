package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Instant;
import java.util.List;

/** What is to be done for one run after a look. */
public sealed interface SuperviseStep {
  /** Nothing has changed. */
  record LookAgain(Instant at) implements SuperviseStep {}

  /**
   * Commit this, and only when that is done ask ECS to stop these tasks.
   *
   * @param errors what people are told, beside the ends of runs
   * @param again when to look at the run next, if it is still watched
   */
  record Write(Scan scan, List<ErrorEvent> errors, List<StopCall> stops, Instant again)
      implements SuperviseStep {
    public Write {
      errors = List.copyOf(errors);
      stops = List.copyOf(stops);
    }
  }

  /** It waits for a launch that nobody makes through a message: go on with that. */
  record Relaunch() implements SuperviseStep {}

  /** A task to be stopped. */
  record StopCall(String cluster, TaskArn task, StopReason reason) {}
}
