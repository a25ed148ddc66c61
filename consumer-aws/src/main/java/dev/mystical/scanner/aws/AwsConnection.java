package dev.mystical.scanner.aws;

import java.net.URI;
import java.util.Optional;

/**
 * How AWS is reached.
 *
 * @param maxConnections for all threads that call at the same time: pollers, messages in flight,
 *     keeper, deleter, supervisor; one that finds none free waits, and then fails
 */
public record AwsConnection(
    String region, Endpoints endpoints, AwsAccess access, int maxConnections) {
  public AwsConnection {
    if (region.isBlank()) {
      throw new IllegalArgumentException("region must not be blank");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be positive: " + maxConnections);
    }
  }

  /**
   * Other addresses than AWS's own.
   *
   * @param general for every service without one of its own
   */
  public record Endpoints(Optional<URI> general, Optional<URI> sqs, Optional<URI> ecs) {
    /** AWS itself. */
    public static final Endpoints AWS =
        new Endpoints(Optional.empty(), Optional.empty(), Optional.empty());

    public Endpoints {
      general.ifPresent(Endpoints::checked);
      sqs.ifPresent(Endpoints::checked);
      ecs.ifPresent(Endpoints::checked);
    }

    private static void checked(URI address) {
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (!web || address.getHost() == null) {
        throw new IllegalArgumentException("no http address of a server: " + address);
      }
    }

    Optional<URI> forSqs() {
      return sqs.or(() -> general);
    }

    Optional<URI> forEcs() {
      return ecs.or(() -> general);
    }
  }
}
