package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestRules;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubmitIT extends ApiAnswers {
  private static final String SCANS = "/v1/scans";
  private static final String GOOD =
      """
      {"project": {"key": "payments"},
       "target": {"type": "git", "url": "https://git.example.com/acme/payments.git"}}
      """;
  private static final String SAME_OTHERWISE =
      """
      {"target": {"url": "https://git.example.com/acme/payments.git", "type": "git"},
       "providers": ["mystical", {"id": "sonar"}], "policy": {"failOn": "high"},
       "project": {"key": "payments"}, "schema": "scan.request.v1"}
      """;
  private static final String ANOTHER = GOOD.replace("payments", "ledger");
  private static final String KEY = "Idempotency-Key";

  SubmitIT() {
    super("submitScan");
  }

  @Test
  void whatIsAcceptedIsInTheQueueAndSigned() throws IOException, InterruptedException {
    Reply reply = client.postJson(ACME, SCANS, GOOD, "traceparent", SampleScans.TRACEPARENT);

    assertThat(reply.status()).isEqualTo(202);
    JsonNode scan = reply.json();
    assertThat(scan.path("status").textValue()).isEqualTo("QUEUED");
    assertThat(scan.path("tenant").textValue()).isEqualTo("acme");
    assertThat(scan.path("runs")).hasSize(2);
    assertThat(reply.header("Location")).contains(SCANS + "/" + id(reply));
    assertThat(id(reply)).as("128 random bits").hasSize(22);

    RecordingSender.Sent sent = stand.sender.sent().getFirst();
    assertThat(sent.attributes())
        .containsEntry(Intake.TRACEPARENT, SampleScans.TRACEPARENT)
        .containsEntry(Intake.SIGNATURE, ApiStand.TOKEN_KEY.signature(sent.body()));
    Scan stored = stand.stored(key(reply));
    assertThat(stored.traceparent()).contains(SampleScans.TRACEPARENT);
    assertThat(consumed(sent).digest())
        .as("the consumer takes it for the same request")
        .isEqualTo(stored.digest());
    assertThat(consumed(sent).scanId()).contains(stored.key().id());
    assertThat(consumed(sent).tenant()).contains(ApiStand.ACME);
  }

  @Test
  void aBadTraceIsPassedOver() throws IOException, InterruptedException {
    assertThat(client.postJson(ACME, SCANS, GOOD, "traceparent", "00-0-0-00").status())
        .isEqualTo(202);
    assertThat(stand.sender.sent().getFirst().attributes()).doesNotContainKey(Intake.TRACEPARENT);
  }

  @Test
  void redisIsNotNeeded() throws IOException, InterruptedException {
    stand.ledger.failNext(1);
    assertThat(client.postJson(ACME, SCANS, GOOD, KEY, "k-1").status()).isEqualTo(202);
    assertThat(client.postJson(ACME, SCANS, GOOD).status()).isEqualTo(202);

    assertThat(stand.sender.sent()).hasSize(2);
    assertThat(stand.ledger.events()).as("asked no more for some seconds").isEmpty();
    stand.clock.advance(Duration.ofSeconds(5));
    client.postJson(ACME, SCANS, GOOD);
    assertThat(stand.ledger.events()).hasSize(1);
  }

  @Test
  void whatIsNotInTheQueueIsNotAccepted() throws IOException, InterruptedException {
    stand.sender.failNext(1);

    assertThat(client.postJson(ACME, SCANS, GOOD).status()).isEqualTo(503);
    assertThat(stand.ledger.events()).isEmpty();
  }

  @Test
  void aRepeatIsTheSameScan() throws IOException, InterruptedException {
    Reply first = client.postJson(ACME, SCANS, GOOD, KEY, "build 7");
    Reply again = client.postJson(ApiStand.ACME_SECOND_KEY, SCANS, SAME_OTHERWISE, KEY, "build 7");

    assertThat(id(first)).isEqualTo(Digest.of("acme\nbuild 7").value().substring(0, 22));
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.bytes()).isEqualTo(first.bytes());
    assertThat(stand.sender.sent()).hasSize(1);
    assertThat(id(client.postJson(OTHER, SCANS, GOOD, KEY, "build 7")))
        .as("another tenant's key of the same name")
        .isNotEqualTo(id(first));
  }

  @Test
  void whileRedisIsAwayARepeatNamesTheSameScan() throws IOException, InterruptedException {
    stand.ledger.failNext(1);
    Reply first = client.postJson(ACME, SCANS, GOOD, KEY, "build 7");
    Reply again = client.postJson(ACME, SCANS, GOOD, KEY, "build 7");

    assertThat(id(again)).isEqualTo(id(first));
    assertThat(stand.sender.sent())
        .extracting(RecordingSender.Sent::body)
        .hasSize(2)
        .containsOnly(stand.sender.sent().getFirst().body());
  }

  @Test
  void anotherRequestUnderTheSameKeyIsRefused() throws IOException, InterruptedException {
    client.postJson(ACME, SCANS, GOOD, KEY, "build 7");

    assertThat(client.postJson(ACME, SCANS, ANOTHER, KEY, "build 7").status()).isEqualTo(422);
    assertThat(stand.sender.sent()).hasSize(1);
  }

  @Test
  void ofTwoAtOnceTheSecondIsRefused() throws IOException, InterruptedException {
    ScanKey key = new ScanKey(ApiStand.ACME, new ScanId(Digest.of("acme\nbuild 7").shortened()));
    stand.sender.meanwhile(() -> commit(SampleScans.queued(key, SampleScans.full(), stand.now())));

    assertThat(client.postJson(ACME, SCANS, GOOD, KEY, "build 7").status()).isEqualTo(422);
  }

  @Test
  void aScanThatIsKnownInPartIsAskedForAnew() throws IOException, InterruptedException {
    ScanKey key = new ScanKey(ApiStand.ACME, new ScanId(Digest.of("acme\nbuild 7").shortened()));
    Scan part =
        Scan.queued(
            key,
            SampleScans.plain(SampleScans.SONAR),
            Scan.UNKNOWN_DIGEST,
            Optional.empty(),
            stand.now());
    stand.note(part);

    assertThat(client.postJson(ACME, SCANS, GOOD, KEY, "build 7").status()).isEqualTo(202);
    assertThat(stand.sender.sent()).hasSize(1);
    assertThat(stand.stored(key)).as("the consumer's to complete").isEqualTo(part);
  }

  @Test
  void whileTheLedgerIsInDoubtNothingIsNoted() throws IOException, InterruptedException {
    stand.ledger.lose();
    stand.ledger.beBorn();

    Reply reply = client.postJson(ACME, SCANS, GOOD, KEY, "build 7");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(stand.ledger.load(key(reply)).entry()).isEqualTo(new Found.Absent());
  }

  @Test
  void whatWasRefusedStaysRefused() throws IOException, InterruptedException {
    ScanKey key = new ScanKey(ApiStand.ACME, new ScanId(Digest.of("acme\nbuild 7").shortened()));
    stand.ledger.settle(
        new MessageId("m-9"),
        Optional.of(
            new RefusedScan(
                key, new ScanError(ErrorCode.MESSAGE_INVALID, "no", false), stand.now())),
        ErrorEvent.error(ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(key), "no"));

    assertThat(client.postJson(ACME, SCANS, GOOD, KEY, "build 7").status()).isEqualTo(422);
  }

  @Test
  void everyProblemIsToldAtOnce() throws IOException, InterruptedException {
    Reply reply =
        client.postJson(
            ACME,
            SCANS,
            """
            {"scanId": "mine", "tenant": "other", "project": {"key": "No Key"},
             "target": {"type": "git", "url": "file:///etc/passwd"}, "providers": ["pmd"],
             "callback": {"url": "https://127.0.0.1/hook"}, "colour": "red"}
            """);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.pointers())
        .containsExactlyInAnyOrder(
            "/scanId",
            "/tenant",
            "/project/key",
            "/target/url",
            "/providers/0",
            "/callback/url",
            "/colour");
    assertThat(stand.sender.sent()).isEmpty();
  }

  @Test
  void aPrivateCallbackIsRefusedAtOnce() throws IOException, InterruptedException {
    String request =
        GOOD.replace(
            "{\"project\"", "{\"callback\": {\"url\": \"http://x.example/\"}, \"project\"");

    assertThat(client.postJson(ACME, SCANS, request).pointers()).containsExactly("/callback/url");
  }

  @Test
  void hostileBodiesAreRefused() throws IOException, InterruptedException {
    for (String body :
        List.of("", "{", "[]", "null", "{}{}", "{\"a\":1,\"a\":2}", "[".repeat(9_000))) {
      assertThat(client.postJson(ACME, SCANS, body).status()).as(body).isEqualTo(400);
    }
    byte[] latin = GOOD.replace("payments", "pãyments").getBytes(ISO_8859_1);
    assertThat(client.call("POST", ACME, SCANS, latin, "Content-Type", "application/json").status())
        .isEqualTo(400);
  }

  @Test
  void oneMediaTypeIsTaken() throws IOException, InterruptedException {
    for (String type :
        List.of(
            "text/plain",
            "application/json; charset=latin1",
            "application/x-www-form-urlencoded")) {
      assertThat(client.call("POST", ACME, SCANS, GOOD, "Content-Type", type).status())
          .as(type)
          .isEqualTo(415);
    }
    assertThat(client.call("POST", ACME, SCANS, GOOD).status()).isEqualTo(415);
    assertThat(client.postJson(ACME, SCANS, GOOD, "Content-Encoding", "gzip").status())
        .isEqualTo(415);
    assertThat(
            client
                .call("POST", ACME, SCANS, GOOD, "Content-Type", "Application/JSON; charset=UTF-8")
                .status())
        .isEqualTo(202);
  }

  @Test
  void aRequestHasItsLimit() throws IOException, InterruptedException {
    String blank = " ".repeat(256 * 1024 - GOOD.length());

    assertThat(client.postJson(ACME, SCANS, GOOD + blank).status()).isEqualTo(202);
    assertThat(client.postJson(ACME, SCANS, GOOD + blank + " ").status()).isEqualTo(413);
    assertThat(client.postJson(ACME, SCANS, GOOD + blank.repeat(3)).status()).isEqualTo(413);
  }

  @Test
  void anIdempotencyKeyIsOneShortText() throws IOException, InterruptedException {
    assertThat(client.postJson(ACME, SCANS, GOOD, KEY, "x".repeat(255)).status()).isEqualTo(202);
    assertThat(client.postJson(ACME, SCANS, GOOD, KEY, "x".repeat(256)).status()).isEqualTo(400);
    assertThat(client.postJson(ACME, SCANS, GOOD, KEY, "one", KEY, "two").status()).isEqualTo(400);
  }

  @Test
  void anOperatorSaysWhoseScanItIs() throws IOException, InterruptedException {
    assertThat(client.postJson(OPERATOR, SCANS, GOOD).json().path("tenant").textValue())
        .isEqualTo("default");
    assertThat(
            client
                .postJson(OPERATOR, SCANS + "?tenant=acme", GOOD)
                .json()
                .path("tenant")
                .textValue())
        .isEqualTo("acme");
    assertThat(client.postJson(OTHER, SCANS + "?tenant=acme", GOOD).status()).isEqualTo(400);
  }

  private void commit(Scan scan) {
    try {
      stand.ledger.commit(Commit.of(scan, stand.now()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Decoded.Request consumed(RecordingSender.Sent sent) {
    RequestRules rules =
        new RequestRules(
            Set.of(SampleScans.SONAR, SampleScans.MYSTICAL),
            RequestRules.Sender.QUEUE,
            RequestRules.PathTargets.REFUSED);
    return (Decoded.Request) new JsonRequestDecoder(rules).decode(sent.body());
  }

  private static String id(Reply reply) {
    return reply.json().path("scanId").textValue();
  }

  private static ScanKey key(Reply reply) {
    return new ScanKey(new Tenant(reply.json().path("tenant").textValue()), new ScanId(id(reply)));
  }
}
