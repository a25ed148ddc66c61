package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.retry.Backoff;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.supervise.TaskState.Again;
import java.time.Duration;
import java.util.List;

/**
 * How often a run is launched for reasons that are not the scanner's own.
 *
 * @param attempts in all
 * @param spot further ones for interruptions by Spot alone
 */
public record AttemptLimits(int attempts, int spot) {
  private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(2));

  public AttemptLimits {
    if (attempts < 1 || spot < 0) {
      throw new IllegalArgumentException("attempts %d, spot %d".formatted(attempts, spot));
    }
  }

  /** Whether a run whose last attempt fails now may have another one. */
  boolean another(Run run, Again again) {
    long interruptions = failures(run, true);
    long others = failures(run, false);
    return switch (again) {
      case NEVER -> false;
      case MAYBE -> others + 1 < attempts;
      case SPOT -> interruptions + 1 <= spot;
    };
  }

  /** How long to wait before the next attempt: what failed a moment ago may fail so again. */
  Duration pause(Run run) {
    return PAUSE.ceilingOf(run.series().size() - 1);
  }

  private static long failures(Run run, boolean spot) {
    List<Attempt> before = run.series();
    return before.stream()
        .flatMap(attempt -> attempt.course().failure().stream())
        .filter(why -> (why == ErrorCode.SPOT_INTERRUPTED) == spot)
        .count();
  }
}
