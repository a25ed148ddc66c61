package dev.mystical.scanner.domain.deliver;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one try. Every {@code why} is for people, and names neither an address that a name
 * stands for, nor more of the URL than its host, nor a word of the receiver's.
 */
public sealed interface DeliveryOutcome {
  /** The receiver has it: it answered 2xx, whatever happened to the connection after that. */
  record Delivered(int status) implements DeliveryOutcome {}

  /**
   * The receiver answered, but does not have it. A redirect is such an answer: none is followed,
   * and the receiver may take it back.
   *
   * @param retryAfter how long it asks to be left alone, where it does
   */
  record Refused(int status, String why, Optional<Duration> retryAfter)
      implements DeliveryOutcome {}

  /** The receiver answered 410: nothing wants webhooks there any more. */
  record Gone(String why) implements DeliveryOutcome {}

  /** No whole answer, so the receiver may or may not have it. */
  record Unreachable(String why) implements DeliveryOutcome {}

  /** Not sent, since webhooks must not go to that address. */
  record Blocked(String why) implements DeliveryOutcome {}
}
