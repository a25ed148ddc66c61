package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.ProviderId;

/**
 * Something that stops launches on all replicas while it is closed, but for one probe at a time.
 */
public record Gate(String name) {
  /** The account's quota of tasks or vCPUs. */
  public static final Gate QUOTA = new Gate("quota");

  /** A provider whose configuration ECS refuses. */
  public static Gate of(ProviderId provider) {
    return new Gate("provider:" + provider);
  }
}
