package dev.mystical.scanner.app.command;

/** How a command tells a program that started it what came of it. */
public enum ExitCode {
  DONE(0),
  UNEXPECTED(1),
  /** The command line or the settings cannot be used, or not for a scan that is as it is. */
  USAGE(2),
  CHECK_FAILED(3),
  NO_SUCH_SCAN(4),
  /** A scan that was waited for has ended otherwise than well. */
  SCAN_NOT_SUCCEEDED(5),
  /** What was found by a scan that was waited for is too bad for its policy. */
  VERDICT_FAIL(6);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
