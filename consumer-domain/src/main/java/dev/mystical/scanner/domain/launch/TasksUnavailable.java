package dev.mystical.scanner.domain.launch;

import java.io.Serial;

/** ECS could not be asked about tasks; asking again later may help. */
public final class TasksUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public TasksUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
