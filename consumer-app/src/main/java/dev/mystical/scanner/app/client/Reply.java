package dev.mystical.scanner.app.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.intake.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of a call. Texts are for people, in one line each, without the key. */
public sealed interface Reply {
  /** It is done. */
  record Done(ObjectNode document) implements Reply {}

  /** It cannot be done, and a repeat would not change that. */
  record Refused(String why, List<Problem> problems) implements Reply {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** Not with this key. */
  record Denied(String why) implements Reply {}

  /** There is no such thing, as far as this key may know. */
  record Missing() implements Reply {}

  /**
   * It may have been done or not; a repeat may help.
   *
   * @param after how long the server wants to be left alone
   */
  record Busy(String why, Optional<Duration> after) implements Reply {}

  /** Whatever answered there is not this API. */
  record Strange(String why) implements Reply {}
}
