package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;

/** Every kind of answer to RunTask, by what is to be done about it. */
public sealed interface LaunchOutcome {
  /** The task is accepted. */
  record Started(TaskArn task) implements LaunchOutcome {}

  /** Nobody knows whether it was carried out: the same request again, under the same token. */
  record NoAnswer(Trouble trouble) implements LaunchOutcome {}

  /** Too many calls; refused before it was carried out: the same request again, later. */
  record Throttled(Trouble trouble) implements LaunchOutcome {}

  /** Definitely refused, no room: another capacity provider, then time. Not an attempt. */
  record NoCapacity(Trouble trouble) implements LaunchOutcome {}

  /** Definitely refused, the account's quota is used up: nobody should ask for a while. */
  record QuotaReached(Trouble trouble) implements LaunchOutcome {}

  /** Definitely refused until a person mends permissions, cluster or task definition. */
  record Misconfigured(Trouble trouble) implements LaunchOutcome {}

  /** The token was used before with another request: these tasks answer to it. */
  record Conflicting(List<TaskArn> tasks, Trouble trouble) implements LaunchOutcome {
    public Conflicting {
      tasks = List.copyOf(tasks);
    }
  }

  /** Definitely refused for what this request itself says; nobody else's would be. */
  record Rejected(Trouble trouble) implements LaunchOutcome {}
}
