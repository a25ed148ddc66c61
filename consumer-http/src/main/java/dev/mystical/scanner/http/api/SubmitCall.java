package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.launch.Traceparent;
import dev.mystical.scanner.domain.ledger.Commit;
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
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts a scan: once its message is in the queue it is accepted, whatever happens to this process
 * or to the ledger, which is told as well as it goes. Of a request that is repeated under one
 * Idempotency-Key, even through another replica, all messages name the same scan.
 */
final class SubmitCall implements Guard.Call {
  private static final Logger LOG = LoggerFactory.getLogger(SubmitCall.class);
  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,255}");
  private static final int ID_BYTES = 16;

  /** While the ledger is away clients must not wait for it, each time anew. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final ApiParts.Intake intake;
  private final ScanLedger ledger;
  private final InstantSource clock;
  private final AtomicReference<Instant> awayUntil = new AtomicReference<>(Instant.MIN);

  SubmitCall(ApiParts.Intake intake, ScanLedger ledger, InstantSource clock) {
    this.intake = intake;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) throws IOException, InterruptedException {
    Optional<String> key = idempotencyKey(request);
    Decoded.Request decoded = decoded(request);
    Tenant tenant = caller.tenant().orElse(Tenant.DEFAULT);
    ScanKey name = new ScanKey(tenant, key.map(it -> id(tenant, it)).orElseGet(this::freshId));
    Optional<Found> found = key.isPresent() ? found(name) : Optional.empty();
    if (found.isPresent() && found.get().entry() instanceof Found.Versioned known) {
      return known.scan().digest().equals(decoded.digest())
          ? accepted(known.scan())
          : Answer.problem(422, "another request was sent with this Idempotency-Key");
    }
    if (found.isPresent() && found.get().entry() instanceof Found.Refused) {
      return Answer.problem(422, "a request with this Idempotency-Key was refused");
    }
    Optional<String> trace = request.header("traceparent").filter(Traceparent::valid);
    String message = RequestDocument.message(name, decoded.request());
    intake.sender().send(message, attributes(message, trace));
    Scan scan =
        Scan.queued(
            name,
            decoded.request(),
            decoded.digest(),
            trace,
            found.map(Found::now).orElseGet(clock::instant));
    LOG.info("event=scan-accepted scanId={} tenant={}", name.id(), name.tenant());
    note(scan);
    return accepted(scan);
  }

  private Decoded.Request decoded(Request request) throws IOException {
    String type = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase("application/json")) {
      throw new BadCall(415, "send application/json");
    }
    String document =
        text(request.body().readAllBytes())
            .orElseThrow(() -> new BadCall(400, "the request is no UTF-8"));
    List<Problem> problems = new ArrayList<>();
    Optional<Decoded.Request> good = Optional.empty();
    switch (intake.decoder().decode(document)) {
      case Decoded.Request it -> good = Optional.of(it);
      case Decoded.Invalid invalid -> problems.addAll(invalid.problems());
    }
    good.flatMap(it -> it.request().callback())
        .flatMap(intake.callbacks()::refusal)
        .ifPresent(why -> problems.add(Problem.at("/callback/url", why)));
    if (!problems.isEmpty() || good.isEmpty()) {
      throw new BadCall(400, "the request has problems", problems);
    }
    return good.get();
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> idempotencyKey(Request request) {
    List<String> keys = request.headers().all("Idempotency-Key");
    if (keys.size() > 1 || keys.stream().anyMatch(it -> !KEY.matcher(it).matches())) {
      throw new BadCall(400, "an Idempotency-Key is one of 1 to 255 printable ASCII characters");
    }
    return keys.stream().findFirst();
  }

  private static ScanId id(Tenant tenant, String key) {
    return new ScanId(Digest.of(tenant + "\n" + key).shortened());
  }

  private ScanId freshId() {
    byte[] bytes = new byte[ID_BYTES];
    intake.random().nextBytes(bytes);
    return new ScanId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private Map<String, String> attributes(String message, Optional<String> trace) {
    Map<String, String> attributes = new HashMap<>();
    intake
        .key()
        .ifPresent(key ->
            attributes.put(
                dev.mystical.scanner.domain.intake.Intake.SIGNATURE, key.signature(message)));
    trace.ifPresent(
        it -> attributes.put(dev.mystical.scanner.domain.intake.Intake.TRACEPARENT, it));
    return attributes;
  }

  /** What the ledger has; nothing while it is away, since it is not needed. */
  private Optional<Found> found(ScanKey name) throws InterruptedException {
    return asking(() -> ledger.load(name));
  }

  /** The consumer may have been faster, which is as well. */
  private void note(Scan scan) throws InterruptedException {
    asking(() -> ledger.commit(Commit.of(scan, scan.createdAt())));
  }

  private interface Question<T> {
    T ask() throws InterruptedException;
  }

  private <T> Optional<T> asking(Question<T> question) throws InterruptedException {
    if (clock.instant().isBefore(awayUntil.get())) {
      return Optional.empty();
    }
    try {
      return Optional.of(question.ask());
    } catch (LedgerUnavailable away) {
      awayUntil.set(clock.instant().plus(REST));
      LOG.warn("event=ledger-passed-over reason=\"{}\"", away.getMessage());
      return Optional.empty();
    }
  }

  private static Answer accepted(Scan scan) {
    return Answer.json(202, ScanView.json(scan)).with("Location", "/v1/scans/" + scan.key().id());
  }
}
