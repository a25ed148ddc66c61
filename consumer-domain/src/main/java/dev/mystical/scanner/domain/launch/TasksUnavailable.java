package dev.mystical.scanner.domain.launch;

import java.io.Serial;

/** ECS could not be asked about tasks; asking again later may help. */
public final class TasksUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean denied;

  public TasksUnavailable(String message, Throwable cause) {
    this(message, cause, false);
  }

  private TasksUnavailable(String message, Throwable cause, boolean denied) {
    super(message, cause);
    this.denied = denied;
  }

  /** One that lasts until a person mends rights, credentials or the cluster. */
  public static TasksUnavailable denied(String message, Throwable cause) {
    return new TasksUnavailable(message, cause, true);
  }

  public boolean denied() {
    return denied;
  }
}
