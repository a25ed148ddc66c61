package dev.mystical.scanner.local.scanner;

/** The scan cannot be done or cannot be trusted; the message is a sentence for people. */
final class ScanBroken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  ScanBroken(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  ScanBroken(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
