package dev.mystical.scanner.app.command;

import java.io.Serial;

/** Whoever read the answer has gone; nothing is wrong with that. */
final class OutputClosed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
}
