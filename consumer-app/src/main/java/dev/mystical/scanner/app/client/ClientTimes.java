package dev.mystical.scanner.app.client;

import dev.mystical.scanner.domain.retry.Backoff;
import java.time.Duration;

/**
 * How long the client waits for what.
 *
 * @param call for a document, from the connection to its last byte
 * @param report for a report
 * @param repeats how long calls that had no answer are repeated
 * @param between repeats, and tries to connect to a stream
 * @param silence after which a stream of events is taken for dead; the server says something every
 *     15 s
 * @param poll how often a scan is asked for while no event tells of a change
 * @param patience how long a scan is followed while there is no answer
 */
public record ClientTimes(
    Duration call,
    Duration report,
    Duration repeats,
    Backoff between,
    Duration silence,
    Duration poll,
    Duration patience) {
  public static final ClientTimes STANDARD =
      new ClientTimes(
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10)),
          Duration.ofSeconds(45),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10));
}
