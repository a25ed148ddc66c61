package dev.mystical.scanner.domain.feed;

import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.util.Optional;

/** Whom an error concerns; {@link #SYSTEM} where it concerns nobody in particular. */
public record Subject(
    Optional<Tenant> tenant,
    Optional<ScanId> scan,
    Optional<ProviderId> provider,
    Optional<Integer> attempt,
    Optional<MessageId> message) {
  public static final Subject SYSTEM =
      new Subject(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public static Subject of(ScanKey scan) {
    return new Subject(
        Optional.of(scan.tenant()),
        Optional.of(scan.id()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static Subject of(MessageId message) {
    return new Subject(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(message));
  }

  /** A provider as such, not one scan's run of it. */
  public static Subject of(ProviderId provider) {
    return new Subject(
        Optional.empty(),
        Optional.empty(),
        Optional.of(provider),
        Optional.empty(),
        Optional.empty());
  }

  public Subject run(ProviderId runOf, int number) {
    return new Subject(tenant, scan, Optional.of(runOf), Optional.of(number), message);
  }

  public Subject scan(ScanKey key) {
    return new Subject(
        Optional.of(key.tenant()), Optional.of(key.id()), provider, attempt, message);
  }

  /** One scan's or one message's: such an error is never suppressed. */
  public boolean particular() {
    return scan.isPresent() || message.isPresent();
  }
}
