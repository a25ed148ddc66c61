package dev.mystical.scanner.aws;

import java.time.Duration;

/**
 * How long calls may take. The SDK itself would wait for ever.
 *
 * @param longPoll how long SQS waits for a message; whole seconds
 * @param receive one receive, its long poll included
 * @param attempt one try of a quick call
 * @param call a quick call with all its tries
 * @param launch one RunTask, which has one try
 */
record Deadlines(
    Duration longPoll, Duration receive, Duration attempt, Duration call, Duration launch) {
  static final Deadlines STANDARD =
      new Deadlines(
          Duration.ofSeconds(20),
          Duration.ofSeconds(28),
          Duration.ofSeconds(5),
          Duration.ofSeconds(12),
          Duration.ofSeconds(10));
}
