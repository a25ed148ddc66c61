package dev.mystical.scanner.local;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whether what stands behind our standard output shows colours. */
final class Colours {

  private Colours() {}

  /**
   * True where colours are welcome: on a terminal, unless {@code NO_COLOR} is set or the terminal
   * is dumb. System.console() cannot tell: from Java 22 to 24 it is there for pipes as well.
   */
  static boolean welcome(Map<String, String> environment) throws InterruptedException {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()
        || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return false;
    }
    try {
      Process test =
          new ProcessBuilder("/bin/sh", "-c", "test -t 1")
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      return test.waitFor(5, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException noShell) {
      return false;
    }
  }
}
