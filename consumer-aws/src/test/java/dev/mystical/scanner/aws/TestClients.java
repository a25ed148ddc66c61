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

  /** For servers that do not answer; long enough for a request to leave a busy machine. */
  static final Deadlines SHORT =
      new Deadlines(
          Duration.ZERO,
          Duration.ofMillis(1500),
          Duration.ofMillis(800),
          Duration.ofMillis(1500),
          Duration.ofMillis(1500));

  private TestClients() {}

  static AwsClients of(URI endpoint, Deadlines deadlines, int connections) {
    return AwsClients.open(connection(endpoint, connections), deadlines, call -> {});
  }

  private static AwsConnection connection(URI endpoint, int connections) {
    return new AwsConnection(
        "eu-west-1",
        new Endpoints(Optional.of(endpoint), Optional.empty(), Optional.empty()),
        new AwsAccess.Keys("AKIDTEST", "secret", Optional.empty()),
        connections);
  }

  static AwsClients of(URI endpoint, Deadlines deadlines, AwsCallListener listener) {
    return AwsClients.open(connection(endpoint, 8), deadlines, listener);
  }

  static AwsClients of(URI endpoint) {
    return of(endpoint, PATIENT, 8);
  }
}
