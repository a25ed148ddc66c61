package dev.mystical.scanner.domain.queue;

import java.io.Serial;

/** The queue could not be asked. */
public final class QueueUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Who can help. */
  public enum Kind {
    /** Time: the service is away, slow or busy. */
    PASSING,
    /** A person: no such queue, no permission, bad or expired credentials. */
    CONFIGURATION
  }

  private final Kind kind;

  public QueueUnavailable(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
