package dev.mystical.scanner.app.command;

/** How a command tells a program that started it what came of it. */
public enum ExitCode {
  DONE(0),
  UNEXPECTED(1),
  /** The command line or the settings cannot be used, or not for a scan that is as it is. */
  USAGE(2),
  CHECK_FAILED(3),
  NO_SUCH_SCAN(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
