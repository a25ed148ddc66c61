package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.RequestDocument;
import dev.mystical.scanner.wire.ScanView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts a scan: once its message is in the queue it is accepted, whatever happens to this process
 * or to the ledger, which is told as well as it goes. Of a request that is repeated under one
 * Idempotency-Key, even through another replica, all messages name the same scan.
 */
final class SubmitCall implements Guard.Call {
  private static final Logger LOG = LoggerFactory.getLogger(SubmitCall.class);
  private static final int ID_BYTES = 16;

  /** What the attributes of a message may take of the room that the queue gives it. */
  private static final int ATTRIBUTES = 1024;

  /** While the ledger is away clients must not wait for it, each time anew. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final ApiParts.Intake intake;
  private final ScanLedger ledger;
  private final InstantSource clock;
  private final AtomicReference<Instant> awaySince = new AtomicReference<>(Instant.EPOCH);

  SubmitCall(ApiParts.Intake intake, ScanLedger ledger, InstantSource clock) {
    this.intake = intake;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) throws IOException, InterruptedException {
    Parameters parameters = Parameters.of(request, "tenant");
    Tenant tenant = parameters.tenant(caller).orElse(Tenant.DEFAULT);
    parameters.check();
    Submission submission = Submission.read(request, intake.decoder(), intake.callbacks());
    ScanKey key =
        new ScanKey(
            tenant, submission.idempotencyKey().map(it -> id(tenant, it)).orElseGet(this::freshId));
    Optional<Found> found =
        submission.idempotencyKey().isPresent() ? asking(() -> ledger.load(key)) : Optional.empty();
    Optional<Answer> known = found.flatMap(it -> known(it.entry(), submission));
    return known.isPresent() ? known.get() : accept(key, submission, found);
  }

  /**
   * What is answered where the ledger has the scan; nothing where it is to be sent all the same.
   */
  private static Optional<Answer> known(Found.Entry entry, Submission submission) {
    return switch (entry) {
      case Found.Absent() -> Optional.empty();
      // Rebuilt from tasks that told a part of it: the message tells whether it is the same.
      case Found.Versioned it when it.scan().digest().equals(Scan.UNKNOWN_DIGEST) ->
          Optional.empty();
      case Found.Versioned it when it.scan().digest().equals(submission.decoded().digest()) ->
          Optional.of(accepted(it.scan()));
      case Found.Versioned ignored ->
          Optional.of(
              Answer.problem(422, "another request was sent with this Idempotency-Key before"));
      case Found.Refused ignored ->
          Optional.of(Answer.problem(422, "what this Idempotency-Key names was refused before"));
    };
  }

  private Answer accept(ScanKey key, Submission submission, Optional<Found> found)
      throws InterruptedException {
    String message = RequestDocument.message(key, submission.decoded().request());
    if (message.getBytes(UTF_8).length > Submission.MOST_BYTES - ATTRIBUTES) {
      throw new BadCall(413, "the request is too long for the queue");
    }
    intake.sender().send(message, attributes(message, submission));
    LOG.info("event=scan-accepted scanId={} tenant={}", key.id(), key.tenant());
    Scan scan =
        Scan.queued(
            key,
            submission.decoded().request(),
            submission.decoded().digest(),
            submission.traceparent(),
            found.map(Found::now).orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    return note(scan, submission, found).orElseGet(() -> accepted(scan));
  }

  /**
   * Tells the ledger, unless it is in doubt what the ledger has lost: what seems new may have begun
   * then, and its tasks are about to tell so. Where another one was faster, answers what is there.
   */
  private Optional<Answer> note(Scan scan, Submission submission, Optional<Found> found)
      throws InterruptedException {
    if (found.isPresent() && found.get().doubtfulBefore().isAfter(Instant.EPOCH)) {
      return Optional.empty();
    }
    Optional<CommitResult> result = asking(() -> ledger.commit(Commit.of(scan, scan.createdAt())));
    return result.isPresent() && result.get() instanceof CommitResult.Stale(Found current)
        ? known(current.entry(), submission)
        : Optional.empty();
  }

  private static ScanId id(Tenant tenant, String idempotencyKey) {
    return new ScanId(Digest.of(tenant + "\n" + idempotencyKey).shortened());
  }

  private ScanId freshId() {
    byte[] bytes = new byte[ID_BYTES];
    intake.random().nextBytes(bytes);
    return new ScanId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private Map<String, String> attributes(String message, Submission submission) {
    Map<String, String> attributes = new HashMap<>();
    intake.key().ifPresent(key -> attributes.put(Intake.SIGNATURE, key.signature(message)));
    submission.traceparent().ifPresent(it -> attributes.put(Intake.TRACEPARENT, it));
    return attributes;
  }

  private interface Question<T> {
    T ask() throws InterruptedException;
  }

  /** What the ledger says; nothing while it is away, since it is not needed. */
  private <T> Optional<T> asking(Question<T> question) throws InterruptedException {
    Duration away = Duration.between(awaySince.get(), clock.instant());
    if (!away.isNegative() && away.compareTo(REST) < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(question.ask());
    } catch (LedgerUnavailable e) {
      awaySince.set(clock.instant());
      LOG.warn("event=ledger-passed-over reason=\"{}\"", e.getMessage());
      return Optional.empty();
    }
  }

  private static Answer accepted(Scan scan) {
    return Answer.json(202, ScanView.json(scan)).with("Location", "/v1/scans/" + scan.key().id());
  }
}
