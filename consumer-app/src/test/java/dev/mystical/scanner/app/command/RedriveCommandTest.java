package dev.mystical.scanner.app.command;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.app.deadletters.RacedLedger;
import dev.mystical.scanner.app.deadletters.Requests;
import dev.mystical.scanner.domain.deadletter.Redrive;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetterBox;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedriveCommandTest {
  private static final TokenKey KEY = new TokenKey("0123456789abcdef0123456789abcdef");
  private static final Command.Redrive ALL = new Command.Redrive(List.of(), false);

  private final MovableClock clock = new MovableClock();
  private final InMemoryDeadLetterBox box = new InMemoryDeadLetterBox(clock);
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final RecordingTerminal recording = RecordingTerminal.plain();
  private final List<Sent> sent = new ArrayList<>();
  private int failingSends;

  /** A message on the scan queue. */
  private record Sent(String body, Map<String, String> attributes) {
    Optional<ScanId> scan() {
      return Requests.DECODER.decode(body).scanId();
    }
  }

  @Test
  void allAreSentUnderTheIdsTheyHad() throws InterruptedException {
    MessageId named = box.move(Requests.named("scan-1"), Map.of("traceparent", "t"));
    MessageId unnamed = box.move(Requests.unnamed(), Map.of());
    box.copy(new MessageId("m-0"), ErrorCode.PROVIDER_UNKNOWN, Requests.unnamed());

    assertThat(run(ALL)).isEqualTo(ExitCode.DONE);

    assertThat(sent)
        .extracting(it -> it.scan().orElseThrow().value())
        .containsExactlyInAnyOrder("scan-1", unnamed.value(), "m-0");
    assertThat(sent.getFirst())
        .isEqualTo(new Sent(Requests.named("scan-1"), Map.of("traceparent", "t")));
    assertThat(box.letters()).isEmpty();
    assertThat(recording.answered())
        .contains("sent       message %s  scan scan-1  nobody has its scan\n".formatted(named));
    assertThat(recording.said()).isEqualTo("3 sent\n");
  }

  @Test
  void chosenOnesAreSentAndTheOthersStay() throws InterruptedException {
    box.move(Requests.named("scan-1"), Map.of());
    MessageId second = box.move(Requests.named("scan-2"), Map.of());
    MessageId third = box.move(Requests.named("scan-3"), Map.of());
    box.copy(new MessageId("m-0"), ErrorCode.PROVIDER_UNKNOWN, Requests.named("scan-4"));

    ExitCode exit =
        run(new Command.Redrive(List.of("scan-1", second.value(), "m-0", "none"), false));

    assertThat(exit).isEqualTo(ExitCode.NO_SUCH_SCAN);
    assertThat(sent)
        .extracting(it -> it.scan().orElseThrow().value())
        .containsExactlyInAnyOrder("scan-1", "scan-2", "scan-4");
    assertThat(box.letters()).containsExactly(third);
    assertThat(recording.said()).contains("3 sent\n", "there is no dead letter none\n");
  }

  @Test
  void aTryChangesNothing() throws InterruptedException {
    MessageId letter = box.move(Requests.named("scan-1"), Map.of());
    MessageId broken = box.move("{", Map.of());

    assertThat(run(new Command.Redrive(List.of(), true))).isEqualTo(ExitCode.DONE);

    assertThat(sent).isEmpty();
    assertThat(box.letters()).containsExactly(letter, broken);
    assertThat(box.receive()).hasSize(2);
    assertThat(ledger.errors()).isEmpty();
    assertThat(recording.said()).isEqualTo("nothing was done; it would be 1 sent, 1 stays\n");
  }

  @Test
  void whatWasRefusedBeginsAgain() throws InterruptedException {
    box.copy(new MessageId("m-0"), ErrorCode.PROVIDER_UNKNOWN, Requests.named("scan-1"));
    refuse("scan-1");

    assertThat(run(ALL)).isEqualTo(ExitCode.DONE);

    assertThat(ledger.load(Requests.key("scan-1")).entry()).isEqualTo(new Found.Absent());
    assertThat(sent).hasSize(1);
    assertThat(box.letters()).isEmpty();
  }

  @Test
  void whatIsStillNoRequestStaysAndSaysWhy() throws InterruptedException {
    MessageId broken =
        box.copy(new MessageId("m-0"), ErrorCode.MESSAGE_INVALID, "{\"project\": {}}");
    refuse("m-0");

    assertThat(run(ALL)).isEqualTo(ExitCode.DONE);

    assertThat(box.letters()).containsExactly(broken);
    assertThat(sent).isEmpty();
    assertThat(recording.answered()).contains("stays ", "it is still no request: /", "/target");
    assertThat(ledger.load(Requests.key("m-0")).entry()).isInstanceOf(Found.Refused.class);
  }

  @Test
  void whatHasRunIsDeletedAndNotSent() throws InterruptedException {
    Scan launched = launched();
    begin(launched.cancelled(clock.instant()));
    box.move(Requests.named("scan-1"), Map.of());

    assertThat(run(ALL)).isEqualTo(ExitCode.DONE);

    assertThat(sent).isEmpty();
    assertThat(box.letters()).isEmpty();
    assertThat(recording.answered())
        .startsWith("deleted    message ")
        .endsWith("its scan is CANCELLED\n");
  }

  @Test
  void whatItsScanWaitsForIsSentAndWhatIsLaunchedIsNot() throws InterruptedException {
    begin(SampleScans.launched(scan(), SONAR, new TaskArn("arn:task/1"), clock.instant()));
    box.move(Requests.named("scan-1"), Map.of());
    run(ALL);
    assertThat(sent).hasSize(1);

    write(launched());
    box.move(Requests.named("scan-1"), Map.of());
    run(ALL);
    assertThat(sent).hasSize(1);
    assertThat(box.letters()).isEmpty();
  }

  @Test
  void whatFailedBeforeAnythingRanGoesOnInTheLedger() throws InterruptedException {
    Scan one = SampleScans.failed(scan(), SONAR, ErrorCode.INTERNAL, clock.instant());
    begin(SampleScans.failed(one, MYSTICAL, ErrorCode.INTERNAL, clock.instant()));
    box.move(Requests.named("scan-1"), Map.of());

    assertThat(run(ALL)).isEqualTo(ExitCode.DONE);

    assertThat(known().status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(known().run(SONAR).requeue()).isPresent();
    assertThat(ledger.timers()).hasSize(2);
    assertThat(sent).isEmpty();
    assertThat(box.letters()).isEmpty();
    assertThat(recording.answered()).startsWith("restarted  message ");
  }

  /** Between the look and the write a person has cancelled it, say. */
  @Test
  void whatChangesMeanwhileIsLookedAtAgain() throws InterruptedException {
    Scan one = SampleScans.failed(scan(), SONAR, ErrorCode.INTERNAL, clock.instant());
    Scan failed = SampleScans.failed(one, MYSTICAL, ErrorCode.INTERNAL, clock.instant());
    begin(failed);
    box.move(Requests.named("scan-1"), Map.of());
    Scan retried = failed.retried(clock.instant());

    run(ALL, new RacedLedger(ledger, () -> write(retried)), false);

    assertThat(known()).isEqualTo(retried);
    assertThat(recording.answered()).startsWith("deleted ");
  }

  /** The other order could lose it: nothing would know of the message any more. */
  @Test
  void whatCannotBeSentStays() throws InterruptedException {
    MessageId first = box.move(Requests.named("scan-1"), Map.of());
    MessageId second = box.move(Requests.named("scan-2"), Map.of());
    failingSends = 1;

    assertThat(run(ALL)).isEqualTo(ExitCode.UNEXPECTED);

    assertThat(box.letters()).containsExactly(first).doesNotContain(second);
    assertThat(sent).hasSize(1);
    assertThat(recording.answered()).contains("failed     message " + first);
    assertThat(recording.said()).isEqualTo("1 sent, 1 failed\n");
    assertThat(ledger.settled(first)).isFalse();
  }

  @Test
  void whatCannotBeDeletedIsSentOnceMoreTheNextTime() throws InterruptedException {
    MessageId letter = box.move(Requests.named("scan-1"), Map.of());
    box.queue().failNextEntries(1);

    assertThat(run(ALL)).isEqualTo(ExitCode.UNEXPECTED);

    assertThat(recording.answered()).contains("it was sent, but could not be deleted");
    assertThat(box.letters()).containsExactly(letter);
    assertThat(ledger.settled(letter)).isTrue();
    assertThat(run(ALL)).isEqualTo(ExitCode.DONE);
    assertThat(sent).hasSize(2).first().isEqualTo(sent.getLast());
    assertThat(box.letters()).isEmpty();
  }

  @Test
  void whatIsSentWasToldOnceToTheFeed() throws InterruptedException {
    MessageId letter = box.move(Requests.named("scan-1"), Map.of());
    box.copy(new MessageId("m-0"), ErrorCode.PROVIDER_UNKNOWN, Requests.named("scan-2"));

    run(ALL);

    assertThat(ledger.errors())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.severity()).isEqualTo(Severity.WARN);
          assertThat(error.subject()).isEqualTo(Subject.of(letter).scan(Requests.key("scan-1")));
          assertThat(error.message()).contains("was sent to the queue again");
        });
  }

  @Test
  void whoeverSendsStopsWhenNothingCanBeSent() {
    for (int i = 0; i < 5; i++) {
      box.move(Requests.named("scan-" + i), Map.of());
    }
    failingSends = 5;

    assertThatThrownBy(() -> run(ALL)).isInstanceOf(QueueUnavailable.class);
    assertThat(failingSends).isEqualTo(2);
    assertThat(recording.said()).isEqualTo("2 failed\n");
    assertThat(box.letters()).hasSize(5);

    ledger.failNext(5);
    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> run(ALL)).isInstanceOf(LedgerUnavailable.class);
  }

  @Test
  void aSignatureIsKeptOrMadeAnew() throws InterruptedException {
    String named = Requests.named("scan-1").replace("\"default\"", "\"acme\"");
    String unnamed = Requests.unnamed().replaceFirst("\\{", "{\"tenant\": \"acme\", ");
    box.move(named, Map.of("signature", KEY.signature(named)));
    box.move(unnamed, Map.of("signature", KEY.signature(unnamed)));
    box.move(Requests.unnamed(), Map.of("signature", "forged"));

    run(ALL);

    assertThat(sent).hasSize(3);
    for (Sent message : sent.subList(0, 2)) {
      assertThat(KEY.signed(message.body(), message.attributes().getOrDefault("signature", "")))
          .isTrue();
      assertThat(Requests.DECODER.decode(message.body()))
          .isInstanceOf(Decoded.Request.class)
          .extracting(Decoded::tenant)
          .isEqualTo(Optional.of(new Tenant("acme")));
    }
    assertThat(sent.getLast().attributes()).isEmpty();
  }

  @Test
  void programsGetOneDocument() throws InterruptedException {
    MessageId letter = box.move(Requests.named("scan-1"), Map.of());

    run(ALL, ledger, true);

    assertThat(recording.answered())
        .isEqualTo(
            "{\"dryRun\":false,\"sent\":1,\"restarted\":0,\"deleted\":0,\"stays\":0,\"failed\":0,"
                + "\"messages\":[{\"messageId\":\"%s\",\"scanId\":\"scan-1\"".formatted(letter)
                + ",\"tenant\":\"default\",\"outcome\":\"sent\","
                + "\"why\":\"nobody has its scan\"}]}\n");
  }

  @Test
  void anEmptyQueueIsSaid() throws InterruptedException {
    assertThat(run(ALL)).isEqualTo(ExitCode.DONE);
    assertThat(recording.said()).isEqualTo("no dead letters were found\n");
  }

  @Test
  void whatOthersLookAtIsSaid() throws InterruptedException {
    box.move(Requests.named("scan-1"), Map.of());
    box.receive();

    assertThat(run(ALL)).isEqualTo(ExitCode.DONE);

    assertThat(recording.said())
        .isEqualTo(
            """
            no dead letters were found
            about 1 more are being looked at by others; run it again in half a minute
            """);
  }

  private ExitCode run(Command.Redrive command) throws InterruptedException {
    return run(command, ledger, false);
  }

  private ExitCode run(Command.Redrive command, ScanLedger with, boolean json)
      throws InterruptedException {
    RedriveWork.Parts parts =
        new RedriveWork.Parts(
            new Redrive(Duration.ofDays(7)), box, this::send, Optional.of(KEY), with);
    return new RedriveCommand(recording.terminal(), Requests.DECODER, parts, json).run(command);
  }

  private MessageId send(String body, Map<String, String> attributes) {
    if (failingSends > 0) {
      failingSends--;
      throw new QueueUnavailable(
          QueueUnavailable.Kind.PASSING, "SQS SendMessage: away", new IOException("refused"));
    }
    sent.add(new Sent(body, attributes));
    return new MessageId("sent-" + sent.size());
  }

  private Scan scan() {
    return Requests.scan("scan-1", clock.instant());
  }

  private Scan launched() {
    Scan half = SampleScans.launched(scan(), SONAR, new TaskArn("arn:task/1"), clock.instant());
    return SampleScans.launched(half, MYSTICAL, new TaskArn("arn:task/2"), clock.instant());
  }

  private void begin(Scan scan) throws InterruptedException {
    ledger.commit(Commit.of(scan, clock.instant()));
  }

  private void write(Scan scan) throws InterruptedException {
    Found.Versioned before = (Found.Versioned) ledger.load(scan.key()).entry();
    ledger.commit(Commit.of(before, scan, clock.instant()));
  }

  private void refuse(String id) throws InterruptedException {
    ScanError error = new ScanError(ErrorCode.PROVIDER_UNKNOWN, "unknown", false);
    ledger.settle(
        new MessageId("m-0"),
        Optional.of(new RefusedScan(Requests.key(id), error, clock.instant())),
        ErrorEvent.error(
            ErrorCode.PROVIDER_UNKNOWN, Stage.DECODE, Subject.of(Requests.key(id)), "unknown"));
  }

  private Scan known() throws InterruptedException {
    return ((Found.Versioned) ledger.load(Requests.key("scan-1")).entry()).scan();
  }
}
