package dev.mystical.scanner.domain.deliver;

import dev.mystical.scanner.domain.scan.ScanError;
import java.time.Instant;

/** What is to be written down after a try. */
public sealed interface DeliveryDecision {
  /** It arrived; nothing is left to do. */
  record Delivered(int status) implements DeliveryDecision {}

  /** To be tried again then. */
  record Again(Instant at, String why) implements DeliveryDecision {}

  /** Not to be tried again, unless a person asks: {@code CALLBACK_FAILED}, {@code _BLOCKED}. */
  record GivenUp(ScanError error) implements DeliveryDecision {}
}
