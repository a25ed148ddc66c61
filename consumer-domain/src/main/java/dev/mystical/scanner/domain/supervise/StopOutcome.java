package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.launch.Trouble;

/** What ECS said when it was asked to stop a task. */
public sealed interface StopOutcome {
  /** It will. */
  record Accepted() implements StopOutcome {}

  /** It knows no such task, so nothing of it runs, unless it was launched a moment ago. */
  record Unknown() implements StopOutcome {}

  /** It did not, or did not answer: ask again later. */
  record Refused(Trouble trouble) implements StopOutcome {}
}
