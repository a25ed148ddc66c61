package dev.mystical.scanner.domain.deadletter;

import static dev.mystical.scanner.domain.deadletter.Redrive.Choice.ALL;
import static dev.mystical.scanner.domain.deadletter.Redrive.Choice.NAMED;
import static dev.mystical.scanner.domain.deadletter.SampleLetters.COPY;
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

import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedriveTest {
  private static final TaskArn TASK = new TaskArn("arn:task/1");

  private final Redrive redrive = new Redrive(Duration.ofDays(7));

  private RedriveStep step(DeadLetter letter, Found found) {
    return redrive.step(letter, found, ALL);
  }

  private RedriveStep step(Scan scan) {
    return step(letter(), known(scan));
  }

  @Test
  void whatNobodyHasIsSent() {
    assertThat(step(letter(), absent())).isInstanceOf(RedriveStep.Send.class);
    assertThat(step(letter(request("digest"), COPY), absent()))
        .isInstanceOf(RedriveStep.Send.class);
  }

  @Test
  void whatWasRefusedIsTakenBackAndSent() {
    assertThat(step(letter(), refused())).isInstanceOf(RedriveStep.Reopen.class);
  }

  @Test
  void whatIsStillNoRequestStaysAndSaysWhy() {
    assertThat(step(letter(invalid(), COPY), absent()))
        .isEqualTo(
            new RedriveStep.Stay(
                "it is still no request: /target: is missing; the document: is too deep"));
    assertThat(step(letter(invalid(), COPY), refused())).isInstanceOf(RedriveStep.Stay.class);
  }

  @Test
  void whatMayHaveBegunBeforeTheLedgerLostItStays() {
    Found doubtful = new Found(new Found.Absent(), NOW, SENT.plusSeconds(1));
    Found rebuilt = new Found(new Found.Versioned(SCAN, 3), NOW, SENT.plusSeconds(1));

    assertThat(redrive.step(letter(), doubtful, NAMED)).isInstanceOf(RedriveStep.Stay.class);
    assertThat(redrive.step(letter(), rebuilt, NAMED)).isInstanceOf(RedriveStep.Stay.class);
  }

  /** The ledger forgets ended scans; a message that it may have forgotten may have run. */
  @Test
  void whatMayBeForgottenIsSentByNameAlone() {
    Found late = new Found(new Found.Absent(), SENT.plus(Duration.ofDays(7)).plusMillis(1));
    Found inTime = new Found(new Found.Absent(), SENT.plus(Duration.ofDays(7)));

    assertThat(step(letter(), late)).isInstanceOf(RedriveStep.Stay.class);
    assertThat(redrive.step(letter(), late, NAMED)).isInstanceOf(RedriveStep.Send.class);
    assertThat(step(letter(), inTime)).isInstanceOf(RedriveStep.Send.class);
    assertThat(step(letter(request("digest"), COPY), late)).isInstanceOf(RedriveStep.Send.class);
  }

  @Test
  void whatItsScanWaitsForIsSent() {
    assertThat(step(SCAN)).isInstanceOf(RedriveStep.Send.class);
    assertThat(step(SampleScans.launched(SCAN, SONAR, TASK, SENT)))
        .isInstanceOf(RedriveStep.Send.class);
  }

  @Test
  void whatNobodyWaitsForIsDropped() {
    assertThat(step(launched())).isEqualTo(new RedriveStep.Drop("its scan goes on without it"));
    assertThat(step(SCAN.cancelled(SENT))).isEqualTo(new RedriveStep.Drop("its scan is CANCELLED"));
    assertThat(step(ended(ended(SCAN, SONAR, RunStatus.SUCCEEDED), MYSTICAL, RunStatus.SUCCEEDED)))
        .isEqualTo(new RedriveStep.Drop("its scan is SUCCEEDED"));
  }

  @Test
  void anotherRequestUnderTheSameIdStays() {
    assertThat(step(letter(request("other"), Map.of()), known(SCAN)))
        .isInstanceOf(RedriveStep.Stay.class);
    assertThat(step(letter(request("other"), Map.of()), known(SCAN.cancelled(SENT))))
        .isInstanceOf(RedriveStep.Stay.class);
  }

  @Test
  void whatHasRunIsNotRunAgain() {
    Scan failed = ended(ended(launched(), SONAR, RunStatus.FAILED), MYSTICAL, RunStatus.TIMED_OUT);

    assertThat(step(failed))
        .isEqualTo(
            new RedriveStep.Drop("its scan has run and is FAILED; 'retry scan-1' runs it again"));
    Scan half = SampleScans.launched(SCAN, SONAR, TASK, SENT);
    assertThat(step(ended(ended(half, SONAR, RunStatus.SUCCEEDED), MYSTICAL, RunStatus.FAILED)))
        .isInstanceOf(RedriveStep.Drop.class);
  }

  @Test
  void whatEndedBeforeAnythingRanBeginsAnew() {
    Scan failed =
        SampleScans.failed(
            SampleScans.failed(SCAN, SONAR, ErrorCode.INTERNAL, SENT),
            MYSTICAL,
            ErrorCode.INTERNAL,
            SENT);

    RedriveStep.Restart restart = (RedriveStep.Restart) step(failed);

    assertThat(restart.before()).isEqualTo(new Found.Versioned(failed, 3));
    assertThat(restart.after()).isEqualTo(failed.retried(NOW));
    assertThat(restart.after().status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(restart.after().settled()).isTrue();
  }

  /** RunTask may have been carried out without an answer; its task is being looked for. */
  @Test
  void whatMayStillBeFoundRunningStays() {
    Scan launching = SCAN.with(SONAR, run -> run.launching(SampleScans.attempt(SENT)), SENT);
    Scan failed = ended(ended(launching, SONAR, RunStatus.FAILED), MYSTICAL, RunStatus.FAILED);
    Scan sure = failed.noting(SONAR, 1, attempt -> attempt.ended(TaskEnd.unseen(SENT)));
    Scan found =
        failed.noting(
            SONAR, 1, attempt -> attempt.launched(TASK, SENT).ended(TaskEnd.unseen(SENT)));

    assertThat(step(failed)).isInstanceOf(RedriveStep.Stay.class);
    assertThat(step(sure)).isInstanceOf(RedriveStep.Restart.class);
    assertThat(step(found)).isInstanceOf(RedriveStep.Drop.class);
  }

  /** The message may ask for runs that a scan rebuilt from some of its tasks does not have. */
  @Test
  void aRebuiltScanIsCompletedWhileItLives() {
    Scan rebuilt =
        Scan.queued(SCAN.key(), SCAN.request(), Scan.UNKNOWN_DIGEST, Optional.empty(), SENT);
    Scan running =
        SampleScans.launched(
            SampleScans.launched(rebuilt, SONAR, TASK, SENT), MYSTICAL, TASK, SENT);

    assertThat(step(running)).isInstanceOf(RedriveStep.Send.class);
    assertThat(step(ended(ended(running, SONAR, RunStatus.FAILED), MYSTICAL, RunStatus.FAILED)))
        .isInstanceOf(RedriveStep.Stay.class);
  }

  private static Scan launched() {
    return SampleScans.launched(
        SampleScans.launched(SCAN, SONAR, TASK, SENT), MYSTICAL, TASK, SENT);
  }

  private static Scan ended(Scan scan, ProviderId provider, RunStatus end) {
    return scan.with(provider, run -> run.ended(end, Optional.empty(), SENT), SENT);
  }
}
