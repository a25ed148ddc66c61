package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.RunId;

/**
 * The token under which ECS accepts one launch once. A retry of an unanswered call repeats it and
 * gets the first call's answer; a definite refusal would be repeated as well, hence the placement.
 */
final class ClientToken {
  private ClientToken() {}

  static String of(RunId run, Attempt attempt) {
    return Digest.of(
            "%s\n%d\n%d\n%s"
                .formatted(
                    run,
                    attempt.number(),
                    attempt.placement(),
                    attempt.spec().placement().capacityProvider()))
        .value();
  }
}
