package dev.mystical.scanner.domain.deadletter;

import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.util.Optional;

/**
 * A message that nobody could work on, read by the rules of today.
 *
 * @param first the id that it had when it was sent; the delivery's own where it is no copy
 * @param key whose scan it asks for; one that names none is named after its first id
 */
public record DeadLetter(Delivery delivery, Decoded decoded, MessageId first, ScanKey key) {
  /**
   * Reads a dead letter.
   *
   * @param key verifies signatures; without one nothing counts as signed
   */
  public static DeadLetter read(Delivery delivery, RequestDecoder decoder, Optional<TokenKey> key) {
    Decoded decoded = decoder.decode(delivery.body());
    MessageId first =
        Optional.ofNullable(delivery.attributes().get(DeadLetters.SOURCE))
            .map(MessageId::new)
            .orElse(delivery.id());
    Delivery sent =
        new Delivery(
            new Receipt(first, delivery.receipt().handle()),
            delivery.body(),
            delivery.attributes(),
            delivery.receiveCount(),
            delivery.sentAt());
    return new DeadLetter(delivery, decoded, first, new Intake(key, false).key(sent, decoded));
  }

  /** Whether it is a copy of poison, of which all was told when it was made. */
  public boolean copied() {
    return delivery.attributes().containsKey(DeadLetters.CODE)
        && delivery.attributes().containsKey(DeadLetters.SOURCE);
  }

  Subject subject() {
    return Subject.of(delivery.id()).scan(key);
  }

  /** Whether it asks for something else than the scan that has its id. */
  static boolean differs(Decoded.Request request, Scan scan) {
    return !scan.digest().equals(Scan.UNKNOWN_DIGEST) && !scan.digest().equals(request.digest());
  }
}
