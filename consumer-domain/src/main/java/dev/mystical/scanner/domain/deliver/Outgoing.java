package dev.mystical.scanner.domain.deliver;

import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A webhook that is due, claimed by whoever holds this.
 *
 * @param scan whose end it tells
 * @param tries how many there were before, none of them counted that came to nothing by our fault
 * @param firstTry when the first of them was
 * @param until when the claim ends; tells this claim from every other one
 */
public record Outgoing(
    String id,
    String url,
    String body,
    ScanKey scan,
    int tries,
    Optional<Instant> firstTry,
    Instant until) {

  /** The id alone: a URL may hold a secret. */
  @Override
  public String toString() {
    return id;
  }
}
