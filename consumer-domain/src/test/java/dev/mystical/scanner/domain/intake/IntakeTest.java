package dev.mystical.scanner.domain.intake;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final Instant SENT = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant NOW = SENT.plusSeconds(3);
  private static final String BODY = "{\"a\": 1}";
  private static final TokenKey KEY = new TokenKey("0123456789abcdef0123456789abcdef");
  private static final Tenant ACME = new Tenant("acme");
  private static final ScanId ID = new ScanId("scan-1");
  private static final ScanRequest REQUEST = SampleScans.plain(SONAR);
  private static final Found ABSENT = new Found(new Found.Absent(), NOW);

  private final Intake intake = new Intake(Optional.of(KEY), false);

  @Test
  void whatIsSignedBelongsToTheTenantThatItNames() {
    assertThat(intake.key(signed(KEY.signature(BODY)), named())).isEqualTo(new ScanKey(ACME, ID));
  }

  @Test
  void whatIsNotSignedWellBelongsToTheDefaultTenant() {
    ScanKey byDefault = new ScanKey(Tenant.DEFAULT, ID);

    assertThat(intake.key(plain(), named())).isEqualTo(byDefault);
    assertThat(intake.key(signed("wrong"), named())).isEqualTo(byDefault);
    assertThat(intake.key(signed(KEY.signature(BODY + " ")), named())).isEqualTo(byDefault);
    assertThat(new Intake(Optional.empty(), false).key(signed(KEY.signature(BODY)), named()))
        .isEqualTo(byDefault);
  }

  @Test
  void whatIsSignedButNamesNoTenantBelongsToTheDefaultOne() {
    Decoded request = new Decoded.Request(REQUEST, "digest", Optional.of(ID), Optional.empty());

    assertThat(intake.key(signed(KEY.signature(BODY)), request).tenant()).isEqualTo(Tenant.DEFAULT);
  }

  @Test
  void aMessageWithoutAScanIdIsNamedAfterItself() {
    assertThat(intake.key(plain(), unnamed()).id()).isEqualTo(new ScanId("m-1"));
    assertThat(intake.key(delivery("a/b c", Map.of()), unnamed()).id())
        .isEqualTo(new ScanId("a_b_c"));
    assertThat(intake.key(delivery("x".repeat(100), Map.of()), unnamed()).id())
        .isEqualTo(new ScanId("x".repeat(64)));
  }

  @Test
  void anUnknownScanBegins() {
    IntakeDecision decision = intake.decide(traced(SampleScans.TRACEPARENT), named(), ABSENT);

    assertThat(decision)
        .isEqualTo(
            new IntakeDecision.Begin(
                Scan.queued(
                    new ScanKey(Tenant.DEFAULT, ID),
                    REQUEST,
                    "digest",
                    Optional.of(SampleScans.TRACEPARENT),
                    SENT),
                SENT.minusSeconds(30)));
  }

  @Test
  void aTraceThatIsNoneIsLeftOut() {
    for (String trace :
        List.of(
            "nonsense",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            SampleScans.TRACEPARENT + "\n")) {
      assertThat(begun(intake.decide(traced(trace), named(), ABSENT)).traceparent()).isEmpty();
    }
  }

  @Test
  void aSenderWithAFastClockCannotBeginInTheFuture() {
    Found early = new Found(new Found.Absent(), SENT.minusSeconds(60));

    assertThat(begun(intake.decide(plain(), named(), early)).createdAt())
        .isEqualTo(SENT.minusSeconds(60));
  }

  @Test
  void aRepeatGoesOnWhereTheScanStands() {
    Found.Versioned known = known("digest");

    assertThat(intake.decide(plain(), named(), new Found(known, NOW)))
        .isEqualTo(new IntakeDecision.Resume(known));
  }

  @Test
  void nothingIsDecidedWhileItIsInDoubtWhatTheLedgerLost() {
    RefusedScan refused =
        new RefusedScan(
            new ScanKey(Tenant.DEFAULT, ID),
            new ScanError(ErrorCode.MESSAGE_INVALID, "bad", false),
            SENT);
    for (Found.Entry entry :
        List.of(new Found.Absent(), known("digest"), known("other"), new Found.Refused(refused))) {
      Found doubtful = new Found(entry, NOW, SENT.plusSeconds(1));

      assertThat(intake.decide(plain(), named(), doubtful)).isEqualTo(new IntakeDecision.Wait());
      assertThat(intake.decide(plain(), invalid(Optional.of(ID)), doubtful))
          .isEqualTo(new IntakeDecision.Wait());
    }
  }

  @Test
  void whatWasSentWellAfterTheLedgersBirthIsInNoDoubt() {
    Found born = new Found(new Found.Absent(), NOW, SENT.minusSeconds(30));
    Found justBorn = new Found(new Found.Absent(), NOW, SENT.minusSeconds(29));

    assertThat(intake.decide(plain(), named(), born)).isInstanceOf(IntakeDecision.Begin.class);
    assertThat(intake.decide(plain(), named(), justBorn)).isEqualTo(new IntakeDecision.Wait());
  }

  @Test
  void aMessageCompletesAScanThatWasRebuiltFromSomeOfItsTasks() {
    Found.Versioned part = rebuilt(REQUEST);
    ScanRequest whole = SampleScans.plain(SONAR, MYSTICAL);
    Decoded request = new Decoded.Request(whole, "digest", Optional.of(ID), Optional.empty());

    assertThat(intake.decide(plain(), request, new Found(part, NOW)))
        .isEqualTo(new IntakeDecision.Complete(part, part.scan().completed(whole, "digest")));
  }

  @Test
  void aMessageThatDoesNotFitARebuiltScanIsPoison() {
    Found.Versioned part = rebuilt(SampleScans.plain(SONAR, MYSTICAL));
    Found.Versioned otherProject = rebuilt(SampleScans.full());

    assertThat(refused(intake.decide(plain(), named(), new Found(part, NOW))).scan()).isEmpty();
    assertThat(refused(intake.decide(plain(), named(), new Found(otherProject, NOW))).scan())
        .isEmpty();
  }

  @Test
  void anotherRequestUnderTheSameIdIsPoisonAndTheFirstStands() {
    IntakeDecision.Refuse refuse =
        refused(intake.decide(plain(), named(), new Found(known("other"), NOW)));

    assertThat(refuse.scan()).isEmpty();
    assertThat(refuse.why().code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(refuse.why().message()).startsWith("/scanId: ");
    assertThat(refuse.why().subject().message()).contains(new MessageId("m-1"));
    assertThat(refuse.why().subject().scan()).contains(ID);
  }

  @Test
  void aGoodRequestUnderTheIdOfARefusedOneIsPoison() {
    RefusedScan before =
        new RefusedScan(
            new ScanKey(Tenant.DEFAULT, ID),
            new ScanError(ErrorCode.MESSAGE_INVALID, "bad", false),
            SENT);

    assertThat(
            refused(intake.decide(plain(), named(), new Found(new Found.Refused(before), NOW)))
                .scan())
        .isEmpty();
  }

  @Test
  void poisonThatNamesAFreeIdBecomesAFailedScan() {
    IntakeDecision.Refuse refuse =
        refused(intake.decide(plain(), invalid(Optional.of(ID)), ABSENT));

    assertThat(refuse.why().message()).isEqualTo("/providers: missing; the document: too deep");
    assertThat(refuse.scan())
        .contains(
            new RefusedScan(
                new ScanKey(Tenant.DEFAULT, ID),
                new ScanError(
                    ErrorCode.MESSAGE_INVALID,
                    "/providers: missing; the document: too deep",
                    false),
                NOW));
  }

  @Test
  void poisonHarmsNoScanThatIsThere() {
    assertThat(
            refused(
                    intake.decide(
                        plain(), invalid(Optional.of(ID)), new Found(known("digest"), NOW)))
                .scan())
        .isEmpty();
  }

  @Test
  void poisonWithoutAnIdIsTheMessagesAlone() {
    IntakeDecision.Refuse refuse =
        refused(intake.decide(plain(), invalid(Optional.empty()), ABSENT));

    assertThat(refuse.scan()).isEmpty();
    assertThat(refuse.why().subject().scan()).isEmpty();
    assertThat(refuse.why().subject().message()).contains(new MessageId("m-1"));
  }

  @Test
  void anUnknownProviderAloneHasItsOwnCode() {
    Problem unknown = new Problem("/providers/0", "no provider 'x'", ErrorCode.PROVIDER_UNKNOWN);

    assertThat(code(List.of(unknown))).isEqualTo(ErrorCode.PROVIDER_UNKNOWN);
    assertThat(code(List.of(unknown, Problem.at("/tags", "too many"))))
        .isEqualTo(ErrorCode.MESSAGE_INVALID);
  }

  @Test
  void aBodyIsToldOnlyWhereItIsKeptNowhereElse() {
    Decoded invalid = invalid(Optional.of(ID));

    assertThat(refused(intake.decide(plain(), invalid, ABSENT)).why().message())
        .doesNotContain(BODY);
    IntakeDecision.Refuse kept =
        refused(new Intake(Optional.empty(), true).decide(plain(), invalid, ABSENT));
    assertThat(kept.why().message()).endsWith(" | body: " + BODY);
    assertThat(kept.scan().orElseThrow().error().message()).doesNotContain(BODY);
  }

  private ErrorCode code(List<Problem> problems) {
    Decoded invalid = new Decoded.Invalid(problems, Optional.empty(), Optional.empty());
    return refused(intake.decide(plain(), invalid, ABSENT)).why().code();
  }

  private static Found.Versioned known(String digest) {
    return new Found.Versioned(
        Scan.queued(new ScanKey(Tenant.DEFAULT, ID), REQUEST, digest, Optional.empty(), SENT), 3);
  }

  private static Found.Versioned rebuilt(ScanRequest request) {
    return new Found.Versioned(
        Scan.queued(
            new ScanKey(Tenant.DEFAULT, ID), request, Scan.UNKNOWN_DIGEST, Optional.empty(), SENT),
        3);
  }

  private static Decoded named() {
    return new Decoded.Request(REQUEST, "digest", Optional.of(ID), Optional.of(ACME));
  }

  private static Decoded unnamed() {
    return new Decoded.Request(REQUEST, "digest", Optional.empty(), Optional.empty());
  }

  private static Decoded invalid(Optional<ScanId> id) {
    return new Decoded.Invalid(
        List.of(Problem.at("/providers", "missing"), Problem.at("", "too deep")),
        id,
        Optional.empty());
  }

  private static Scan begun(IntakeDecision decision) {
    assertThat(decision).isInstanceOf(IntakeDecision.Begin.class);
    return ((IntakeDecision.Begin) decision).scan();
  }

  private static IntakeDecision.Refuse refused(IntakeDecision decision) {
    assertThat(decision).isInstanceOf(IntakeDecision.Refuse.class);
    return (IntakeDecision.Refuse) decision;
  }

  private static Delivery plain() {
    return delivery("m-1", Map.of());
  }

  private static Delivery signed(String signature) {
    return delivery("m-1", Map.of(Intake.SIGNATURE, signature));
  }

  private static Delivery traced(String trace) {
    return delivery("m-1", new HashMap<>(Map.of(Intake.TRACEPARENT, trace)));
  }

  private static Delivery delivery(String id, Map<String, String> attributes) {
    return new Delivery(new Receipt(new MessageId(id), "handle"), BODY, attributes, 1, SENT);
  }
}
