package dev.mystical.scanner.domain.intake;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.launch.Traceparent;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides what a message is: a new scan, a repeat of a known one, or poison. The queue is no trust
 * boundary: what is not signed belongs to the default tenant, whatever it says.
 *
 * @param key verifies signatures; without one nothing counts as signed
 * @param keepBodies whether the error is the only place where a refused body is kept
 */
public record Intake(Optional<TokenKey> key, boolean keepBodies) {
  /** The message attribute with the API's signature. */
  public static final String SIGNATURE = "signature";

  /** The message attribute with the W3C trace context. */
  public static final String TRACEPARENT = "traceparent";

  /** The queue and the ledger need not have quite the same time. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** Under which key the ledger is asked. */
  public ScanKey key(Delivery delivery, Decoded decoded) {
    Tenant tenant = signed(delivery) ? decoded.tenant().orElse(Tenant.DEFAULT) : Tenant.DEFAULT;
    return new ScanKey(tenant, decoded.scanId().orElseGet(() -> idOf(delivery)));
  }

  /**
   * What to do with a message. Nothing while it is in doubt what the ledger has lost: a scan that
   * seems new may have tasks, one that is rebuilt may lack some of them yet, and poison must not
   * take the place of a scan that is about to be rebuilt.
   */
  public IntakeDecision decide(Delivery delivery, Decoded decoded, Found found) {
    if (doubtful(delivery, found)) {
      return new IntakeDecision.Wait();
    }
    ScanKey name = key(delivery, decoded);
    return switch (decoded) {
      case Decoded.Invalid invalid -> invalid(delivery, invalid, name, found);
      case Decoded.Request request ->
          switch (found.entry()) {
            case Found.Absent() ->
                new IntakeDecision.Begin(
                    Scan.queued(
                        name,
                        request.request(),
                        request.digest(),
                        traceparent(delivery),
                        delivery.sentAt().isAfter(found.now()) ? found.now() : delivery.sentAt()),
                    delivery.sentAt().minus(SKEW));
            case Found.Versioned known when known.scan().digest().equals(request.digest()) ->
                new IntakeDecision.Resume(known);
            case Found.Versioned known when completes(request.request(), known.scan()) ->
                new IntakeDecision.Complete(
                    known, known.scan().completed(request.request(), request.digest()));
            case Found.Versioned known ->
                taken(delivery, name, "scan " + known.scan().key() + " has another request");
            case Found.Refused refused ->
                taken(delivery, name, "scan " + refused.scan().key() + " was refused before");
          };
    };
  }

  /** Whether a message's scan may have begun although the ledger, being rebuilt, has none. */
  public static boolean doubtful(Delivery delivery, Found found) {
    return delivery.sentAt().isBefore(found.doubtfulBefore().plus(SKEW));
  }

  /** Whether a request may be the one of which a scan's tasks told a part. */
  private static boolean completes(ScanRequest whole, Scan scan) {
    return scan.digest().equals(Scan.UNKNOWN_DIGEST)
        && scan.request().project().equals(whole.project())
        && scan.request().target().equals(whole.target())
        && scan.request().providers().stream()
            .allMatch(part ->
                whole.providers().stream()
                    .anyMatch(
                        it -> it.id().equals(part.id()) && it.options().equals(part.options())));
  }

  private IntakeDecision invalid(
      Delivery delivery, Decoded.Invalid invalid, ScanKey name, Found found) {
    String problems = invalid.text();
    ErrorCode code = invalid.code();
    String message = keepBodies ? problems + " | body: " + delivery.body() : problems;
    boolean nameable = invalid.scanId().isPresent() && found.entry() instanceof Found.Absent;
    Subject subject = Subject.of(delivery.id());
    return new IntakeDecision.Refuse(
        ErrorEvent.error(
            code,
            Stage.DECODE,
            invalid.scanId().isPresent() ? subject.scan(name) : subject,
            message),
        nameable
            ? Optional.of(
                new RefusedScan(name, new ScanError(code, bounded(problems), false), found.now()))
            : Optional.empty());
  }

  /** The first stands. */
  private IntakeDecision taken(Delivery delivery, ScanKey name, String message) {
    return new IntakeDecision.Refuse(
        ErrorEvent.error(
            ErrorCode.MESSAGE_INVALID,
            Stage.DECODE,
            Subject.of(delivery.id()).scan(name),
            "/scanId: " + message + (keepBodies ? " | body: " + delivery.body() : "")),
        Optional.empty());
  }

  private boolean signed(Delivery delivery) {
    String signature = delivery.attributes().get(SIGNATURE);
    return signature != null && key.isPresent() && key.get().signed(delivery.body(), signature);
  }

  private static Optional<String> traceparent(Delivery delivery) {
    return Optional.ofNullable(delivery.attributes().get(TRACEPARENT)).filter(Traceparent::valid);
  }

  /** SQS message ids fit the pattern; another queue's might not. */
  private static ScanId idOf(Delivery delivery) {
    String id = delivery.id().value().replaceAll("[^A-Za-z0-9_-]", "_");
    return new ScanId(id.length() > 64 ? id.substring(0, 64) : id);
  }

  /**
   * The whole list is the feed's and the dead letter's matter; a document of the ledger is small.
   */
  private static String bounded(String problems) {
    return problems.length() <= Redactor.LONGEST
        ? problems
        : problems.substring(0, Redactor.LONGEST);
  }
}
