package dev.mystical.scanner.local.scanner;

import java.time.Duration;
import java.time.Instant;

/** Ends this process at a time, whatever it is doing; a tool that it runs dies with it. */
final class Deadline {

  private Deadline() {}

  static void watch(Instant deadline, Progress progress) {
    Duration left = Duration.between(Instant.now(), deadline);
    if (left.isNegative() || left.isZero()) {
      throw new ScanBroken(ExitCode.TOO_LATE, passed(deadline));
    }
    var unused =
        Thread.ofPlatform()
            .daemon()
            .name("deadline")
            .start(() -> endAfter(left, passed(deadline), progress));
  }

  private static void endAfter(Duration left, String sentence, Progress progress) {
    try {
      Thread.sleep(left);
      progress.step("failed: " + sentence);
      Runtime.getRuntime().halt(ExitCode.TOO_LATE.code());
    } catch (InterruptedException e) {
      progress.step("the deadline is no longer watched");
    }
  }

  private static String passed(Instant deadline) {
    return "the deadline " + deadline + " has passed";
  }
}
