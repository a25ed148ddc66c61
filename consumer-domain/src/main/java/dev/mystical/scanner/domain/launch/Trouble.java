package dev.mystical.scanner.domain.launch;

import java.util.Optional;

/** What ECS said when it did not start a task. */
public record Trouble(String message, Optional<String> requestId) {
  public static Trouble of(String message) {
    return new Trouble(message, Optional.empty());
  }
}
