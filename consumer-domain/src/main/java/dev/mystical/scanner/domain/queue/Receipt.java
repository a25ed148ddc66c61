package dev.mystical.scanner.domain.queue;

/**
 * The right to renew or delete one delivery of a message. The newest of a message is the good one.
 */
public record Receipt(MessageId message, String handle) {
  /** The handle is long and of use to nobody who reads it. */
  @Override
  public String toString() {
    return "receipt of " + message;
  }
}
