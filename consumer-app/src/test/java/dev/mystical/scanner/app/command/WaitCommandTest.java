package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.client.ClientTimes;
import dev.mystical.scanner.app.client.Documents;
import dev.mystical.scanner.app.client.Nudges;
import dev.mystical.scanner.app.client.ScanState;
import dev.mystical.scanner.app.client.WatchedScan;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.wire.report.Finding;
import dev.mystical.scanner.wire.report.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitCommandTest {
  private static final Optional<String> REPORT = Optional.of("https://a/v1/scans/s1/report");
  private static final WatchedScan.Found ONE =
      new WatchedScan.Found.Listed(
          new Findings(
              new FindingCounts(0, 1, 0, 0, 2),
              List.of(
                  new Finding(Severity.HIGH, "Sonar", "S1", "src/Orders.java", 19, "Bad SQL"))));

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  /** A scan that is seen as scripted. */
  private final class Scripted implements WatchedScan {
    private final Deque<Look> looks;
    private final Found found;

    Scripted(Found found, Look... looks) {
      this.found = found;
      this.looks = new ArrayDeque<>(List.of(looks));
    }

    @Override
    public Look look() {
      return looks.size() > 1 ? looks.remove() : looks.element();
    }

    @Override
    public Found findings(int most) {
      assertThat(most).isEqualTo(20);
      return found;
    }

    @Override
    public Nudges nudges() {
      return new Nudges() {
        @Override
        public void await(Duration most) {
          now = now.plus(most);
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void aScanIsFollowedLineByLineAndSummedUp() throws InterruptedException {
    RecordingTerminal recording = RecordingTerminal.plain();
    ExitCode code =
        wait(
            recording,
            false,
            new Scripted(
                ONE,
                new WatchedScan.Look.Absent(),
                seen(Documents.scan("RUNNING", "PROVISIONING", "")),
                seen(Documents.scan("RUNNING", "RUNNING", "")),
                seen(Documents.scan("RUNNING", "RUNNING", "")),
                new WatchedScan.Look.Unanswered("nobody there"),
                seen(Documents.ended("SUCCEEDED", "FAIL"))));

    assertThat(code).isEqualTo(ExitCode.VERDICT_FAIL);
    assertThat(recording.said())
        .isEqualTo(
            """
            no consumer has received the scan yet; waiting for one
            scan s1  RUNNING
            sonar  PROVISIONING  attempt 1    40%  analysing
            sonar  RUNNING       attempt 1    40%  analysing
            nobody there; still trying
            scan s1  SUCCEEDED
            sonar  SUCCEEDED     attempt 1
            """);
    assertThat(recording.answered())
        .isEqualTo(
            """
            scan      s1
            status    SUCCEEDED
            coverage  full
            verdict   FAIL
            findings  1 finding: 1 high
            report    https://a/v1/scans/s1/report

            high      S1  src/Orders.java:19  Bad SQL
            and 2 more in the report
            """);
  }

  @Test
  void linesAreWrittenOverForAPerson() throws InterruptedException {
    RecordingTerminal recording = RecordingTerminal.redrawn();
    wait(
        recording,
        false,
        new Scripted(
            ONE,
            seen(Documents.scan("RUNNING", "RUNNING", "")),
            new WatchedScan.Look.Unanswered("nobody there"),
            seen(Documents.ended("SUCCEEDED", "PASS"))));

    String over = "\r" + "\u001b[A\u001b[2K".repeat(2);
    String running = "scan s1  RUNNING\nsonar  RUNNING       attempt 1    42% …\n";
    assertThat(recording.answered())
        .startsWith("\r" + running + over + "\r" + running + over + "scan s1  SUCCEEDED\n")
        .doesNotContain("analysing");
    assertThat(recording.said()).isEqualTo("nobody there; still trying\n");
  }

  @Test
  void programsGetTheScanAtItsEndAndNothingElse() throws InterruptedException {
    RecordingTerminal recording = RecordingTerminal.redrawn();
    String ended = Documents.ended("SUCCEEDED", "PASS");
    assertThat(
            wait(
                recording,
                true,
                new Scripted(ONE, seen(Documents.scan("RUNNING", "RUNNING", "")), seen(ended))))
        .isEqualTo(ExitCode.DONE);
    assertThat(recording.answered().lines().toList())
        .containsExactly(ScanState.parse(ended).orElseThrow().document().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED, PASS, DONE",
    "SUCCEEDED, UNKNOWN, DONE",
    "SUCCEEDED, FAIL, VERDICT_FAIL",
    "PARTIAL, PASS, SCAN_NOT_SUCCEEDED",
    "PARTIAL, FAIL, VERDICT_FAIL",
    "FAILED, UNKNOWN, SCAN_NOT_SUCCEEDED",
    "FAILED, FAIL, VERDICT_FAIL",
    "CANCELLED, UNKNOWN, SCAN_NOT_SUCCEEDED",
    "TIMED_OUT, UNKNOWN, SCAN_NOT_SUCCEEDED",
  })
  void whatWasFoundWeighsMoreThanWhetherAllWorked(String status, String verdict, ExitCode code)
      throws InterruptedException {
    assertThat(
            wait(
                RecordingTerminal.plain(),
                false,
                new Scripted(ONE, seen(Documents.ended(status, verdict)))))
        .isEqualTo(code);
  }

  @Test
  void aReportThatCannotBeReadChangesNothingElse() throws InterruptedException {
    RecordingTerminal recording = RecordingTerminal.plain();
    WatchedScan.Found unreadable = new WatchedScan.Found.Unreadable("the report is \u001b torn");
    assertThat(
            wait(
                recording,
                false,
                new Scripted(unreadable, seen(Documents.ended("SUCCEEDED", "FAIL")))))
        .isEqualTo(ExitCode.VERDICT_FAIL);
    assertThat(recording.said()).endsWith("the report is   torn\n");
  }

  @Test
  void whoeverCannotFollowIsToldWhy() throws InterruptedException {
    RecordingTerminal away = RecordingTerminal.plain();
    assertThat(
            wait(away, false, new Scripted(ONE, new WatchedScan.Look.Unanswered("nobody there"))))
        .isEqualTo(ExitCode.UNEXPECTED);
    assertThat(away.said()).endsWith("nobody there\nthe scan goes on without being followed\n");

    RecordingTerminal denied = RecordingTerminal.plain();
    assertThat(wait(denied, false, new Scripted(ONE, new WatchedScan.Look.Denied("no key"))))
        .isEqualTo(ExitCode.USAGE);
    assertThat(denied.said()).isEqualTo("no key\n");

    RecordingTerminal gone = RecordingTerminal.plain();
    assertThat(
            wait(
                gone,
                false,
                new Scripted(
                    ONE,
                    seen(Documents.scan("RUNNING", "RUNNING", "")),
                    new WatchedScan.Look.Absent())))
        .isEqualTo(ExitCode.NO_SUCH_SCAN);
  }

  private ExitCode wait(RecordingTerminal recording, boolean json, WatchedScan scan)
      throws InterruptedException {
    WaitCommand.Parts parts = new WaitCommand.Parts(ClientTimes.STANDARD, () -> now, length -> {});
    return new WaitCommand(recording.terminal(), json, parts).run(scan, REPORT);
  }

  private static WatchedScan.Look seen(String document) {
    return new WatchedScan.Look.Seen(ScanState.parse(document).orElseThrow());
  }
}
