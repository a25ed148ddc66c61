package dev.mystical.scanner.domain.supervise;

import java.util.Map;

/** What exit codes of containers mean by convention, for people who do not know them by heart. */
final class ExitCodes {
  /** SIGKILL. */
  static final int KILLED = 137;

  /** From here on up, the number of the signal is added. */
  private static final int SIGNAL = 128;

  /** Docker, "docker run", exit status: where the command itself never ran. */
  private static final Map<Integer, String> DOCKER =
      Map.of(
          125, "the container could not be run",
          126, "its command cannot be run",
          127, "its command is not there");

  /** signal(7), as Linux numbers them. */
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  private ExitCodes() {}

  static String name(int exitCode) {
    if (exitCode == KILLED) {
      return "exit code 137 (killed; ECS does not say that it was for its memory)";
    }
    if (DOCKER.containsKey(exitCode)) {
      return "exit code %d (%s)".formatted(exitCode, DOCKER.get(exitCode));
    }
    return SIGNALS.containsKey(exitCode - SIGNAL)
        ? "exit code %d (ended by %s)".formatted(exitCode, SIGNALS.get(exitCode - SIGNAL))
        : "exit code " + exitCode;
  }
}
