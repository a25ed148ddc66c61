package dev.mystical.scanner.domain.queue;

/** The queue's own name for a message; the same on every delivery of it. */
public record MessageId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
