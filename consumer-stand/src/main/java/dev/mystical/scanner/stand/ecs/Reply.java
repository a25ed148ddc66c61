package dev.mystical.scanner.stand.ecs;

import java.time.Duration;

/** What a caller gets. */
sealed interface Reply {

  /** An answer, after a while of real time. */
  record Send(int status, String type, String body, Duration delay) implements Reply {}

  /** The connection is closed without an answer. */
  record Drop() implements Reply {}

  /** Nothing, for as long as the caller waits. */
  record Hang() implements Reply {}

  static Reply json(int status, String body) {
    return new Send(status, "application/x-amz-json-1.1", body, Duration.ZERO);
  }
}
