package dev.mystical.scanner.app.command;

import java.io.Serial;

/** The command line cannot be used; the message is for the person who wrote it. */
final class UsageProblem extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UsageProblem(String message) {
    super(message);
  }

  UsageProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
