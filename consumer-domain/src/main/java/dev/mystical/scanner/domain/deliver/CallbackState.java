package dev.mystical.scanner.domain.deliver;

/**
 * How far a webhook is.
 *
 * @param tries how often it was sent, since it was first due or was last asked for anew
 */
public record CallbackState(Status status, int tries) {
  public CallbackState {
    if (tries < 0) {
      throw new IllegalArgumentException("tries " + tries);
    }
  }

  /** What is known of its arrival. */
  public enum Status {
    /** It is still being tried. */
    PENDING,
    DELIVERED,
    /** Given up. */
    FAILED,
    /** Not to be sent to where it should go. */
    BLOCKED
  }
}
