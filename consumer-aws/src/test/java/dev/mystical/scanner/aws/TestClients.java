package dev.mystical.scanner.aws;

import dev.mystical.scanner.aws.AwsConnection.Endpoints;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Clients for servers on loopback. */
final class TestClients {
  /** A short poll, so that an empty queue is told soon; all else as in production. */
  static final Deadlines PATIENT =
      new Deadlines(
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  /** For servers that do not answer. */
  static final Deadlines SHORT =
      new Deadlines(
          Duration.ofSeconds(0),
          Duration.ofMillis(700),
          Duration.ofMillis(300),
          Duration.ofMillis(1000),
          Duration.ofMillis(700));

  private TestClients() {}

  static AwsClients of(URI endpoint, Deadlines deadlines, int connections) {
    return AwsClients.open(
        new AwsConnection(
            "eu-west-1",
            new Endpoints(Optional.of(endpoint), Optional.empty(), Optional.empty()),
            new AwsAccess.Keys("AKIDTEST", "secret", Optional.empty()),
            connections),
        deadlines);
  }

  static AwsClients of(URI endpoint) {
    return of(endpoint, PATIENT, 8);
  }
}
