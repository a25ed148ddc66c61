package dev.mystical.scanner.domain.deadletter;

import static dev.mystical.scanner.domain.deadletter.SampleLetters.KEY;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.NOW;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.SCAN;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.SENT;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.absent;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.invalid;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.known;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.letter;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.refused;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.request;
import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BurialTest {
  private static final TaskArn TASK = new TaskArn("arn:task/1");

  @Test
  void aScanThatNobodyHasHasFailed() {
    DeadLetterStep.Refuse refuse = refuse(Burial.step(letter(), absent()));

    assertThat(refuse.scan().key()).isEqualTo(KEY);
    assertThat(refuse.scan().at()).isEqualTo(NOW);
    assertThat(refuse.scan().error().code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(refuse.scan().error().retryable()).isTrue();
    assertThat(refuse.scan().error().message())
        .contains("message m-1", "received 7 times in vain", "'redrive'");
    assertThat(refuse.why().severity()).isEqualTo(Severity.ERROR);
    assertThat(refuse.why().subject()).isEqualTo(Subject.of(new MessageId("m-1")).scan(KEY));
  }

  @Test
  void aMessageThatIsNoRequestHasFailedForThat() {
    DeadLetterStep.Refuse refuse = refuse(Burial.step(letter(invalid(), Map.of()), absent()));

    assertThat(refuse.scan().error().code()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(refuse.scan().error().retryable()).isFalse();
    assertThat(refuse.scan().error().message())
        .endsWith(": /target: is missing; the document: is too deep");
  }

  @Test
  void anUnknownProviderHasItsOwnCodeAndAllTextIsBounded() {
    Decoded unknown =
        new Decoded.Invalid(
            List.of(new Problem("/providers/0", "x".repeat(3000), ErrorCode.PROVIDER_UNKNOWN)),
            Optional.empty(),
            Optional.empty());

    DeadLetterStep.Refuse refuse = refuse(Burial.step(letter(unknown, Map.of()), absent()));

    assertThat(refuse.scan().error().code()).isEqualTo(ErrorCode.PROVIDER_UNKNOWN);
    assertThat(refuse.scan().error().message()).hasSize(Redactor.LONGEST);
    assertThat(refuse.scan().key().id().value()).isEqualTo("m-1");
  }

  /** Its task may run: rebuilding the ledger from the tasks comes first. */
  @Test
  void whileTheLedgerIsInDoubtNothingIsDecided() {
    Found doubtful = new Found(new Found.Absent(), NOW, SENT.plusSeconds(1));
    Found later = new Found(new Found.Absent(), NOW, SENT.minusSeconds(30));

    assertThat(Burial.step(letter(), doubtful)).isEqualTo(new DeadLetterStep.Later());
    Found rebuilt = new Found(new Found.Versioned(SCAN, 3), NOW, SENT.plusSeconds(1));
    assertThat(Burial.step(letter(), rebuilt)).isEqualTo(new DeadLetterStep.Later());
    assertThat(Burial.step(letter(), later)).isInstanceOf(DeadLetterStep.Refuse.class);
  }

  @Test
  void runsThatNobodyWillLaunchHaveFailed() {
    Scan half = SampleScans.launched(SCAN, SONAR, TASK, SENT);
    DeadLetterStep.Fail fail = fail(Burial.step(letter(), known(half)));

    assertThat(fail.before()).isEqualTo(new Found.Versioned(half, 3));
    assertThat(fail.after().run(SONAR)).isEqualTo(half.run(SONAR));
    Run failed = fail.after().run(MYSTICAL);
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.error())
        .hasValueSatisfying(error -> {
          assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
          assertThat(error.message()).contains("message m-1");
        });
    assertThat(fail.after().status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(Commit.of(fail.before(), fail.after(), NOW).errors())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.INTERNAL);
  }

  @Test
  void aLaunchThatMayHaveHappenedIsLeftToBeStopped() {
    Scan launching =
        SCAN.with(SONAR, run -> run.launching(SampleScans.attempt(SENT)), SENT)
            .with(MYSTICAL, run -> run.launching(SampleScans.attempt(SENT)), SENT);
    DeadLetterStep.Fail fail = fail(Burial.step(letter(), known(launching)));

    assertThat(fail.after().status()).isEqualTo(ScanStatus.FAILED);
    assertThat(fail.after().run(SONAR).watched()).isTrue();
    assertThat(fail.after().run(SONAR).attempts().getFirst().course().stop())
        .hasValueSatisfying(stop -> assertThat(stop.reason()).isEqualTo(StopReason.LEFT_OVER));
  }

  @Test
  void aScanThatGoesOnWithoutTheMessageIsNotTouched() {
    Scan launched =
        SampleScans.launched(SampleScans.launched(SCAN, SONAR, TASK, SENT), MYSTICAL, TASK, SENT);

    assertThat(note(Burial.step(letter(), known(launched))))
        .endsWith("; its scan is RUNNING all the same");
    assertThat(note(Burial.step(letter(), known(SCAN.cancelled(SENT)))))
        .endsWith("; its scan is CANCELLED all the same");
    assertThat(note(Burial.step(letter(), known(SCAN.cancelled(SENT).retried(SENT)))))
        .endsWith("; its scan is RUNNING all the same");
    assertThat(note(Burial.step(letter(), refused()))).endsWith("was refused before");
  }

  @Test
  void anothersScanIsNotTouched() {
    assertThat(note(Burial.step(letter(request("other"), Map.of()), known(SCAN))))
        .endsWith("its scan has another request");
    assertThat(note(Burial.step(letter(invalid(), Map.of()), known(SCAN))))
        .endsWith("is no request, and names a scan that is QUEUED");
  }

  private static DeadLetterStep.Refuse refuse(DeadLetterStep step) {
    assertThat(step).isInstanceOf(DeadLetterStep.Refuse.class);
    return (DeadLetterStep.Refuse) step;
  }

  private static DeadLetterStep.Fail fail(DeadLetterStep step) {
    assertThat(step).isInstanceOf(DeadLetterStep.Fail.class);
    return (DeadLetterStep.Fail) step;
  }

  private static String note(DeadLetterStep step) {
    assertThat(step).isInstanceOf(DeadLetterStep.Note.class);
    ErrorEvent why = ((DeadLetterStep.Note) step).why();
    assertThat(why.severity()).isEqualTo(Severity.WARN);
    return why.message();
  }
}
