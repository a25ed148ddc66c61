package dev.mystical.scanner.wire;

import java.io.Serial;

/** A document that this program stores or seals itself is not what it should be. */
public final class UnreadableDocument extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UnreadableDocument(String message) {
    super(message);
  }

  UnreadableDocument(String message, Throwable cause) {
    super(message, cause);
  }
}
