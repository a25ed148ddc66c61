package dev.mystical.scanner.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.collect.InMemoryProgressBoard;
import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.collect.SampleResults;
import dev.mystical.scanner.domain.deliver.InMemoryOutbox;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.OutboxEntry;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.ledger.WebhookId;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.scan.TaskSpec;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusCommandTest {
  private static final ScanKey KEY = new ScanKey(Tenant.DEFAULT, new ScanId("s1"));
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final ProviderId SONAR = new ProviderId("sonar");
  private static final ProviderId OTHER = new ProviderId("other");

  private final RecordingTerminal recording = RecordingTerminal.plain();
  private final InstantSource clock = InstantSource.fixed(NOW);
  private final InMemoryOutbox outbox = new InMemoryOutbox(new InMemoryScanLedger(clock), clock);
  private final InMemoryProgressBoard board = new InMemoryProgressBoard(clock);
  private final ScanNews news = new ScanNews(outbox, Optional.of(board));

  @Test
  void aScanIsShownWithItsRuns() throws InterruptedException {
    assertThat(show(new Found.Versioned(scan(), 3), false)).isEqualTo(ExitCode.DONE);
    assertThat(recording.answered())
        .isEqualTo(
            """
            scan     s1
            tenant   default
            status   RUNNING
            project  payments
            created  2026-01-02T03:04:05Z
            started  2026-01-02T03:04:05Z

            provider          status        attempts  task or error
            sonar             PROVISIONING  1         arn:task/1
            other (optional)  FAILED        0         ECS_CONFIG: no such task definition

            attempt   started  stopped  exit  stop code  reason
            sonar #1  -        -        -     -

            attempt   task        log
            sonar #1  arn:task/1  -
            """);
  }

  @Test
  void anAttemptIsShownWithItsEnd() throws InterruptedException {
    TaskEnd end =
        new TaskEnd(
            Optional.of(NOW.plusSeconds(9)),
            Optional.of(137),
            Optional.of("EssentialContainerExited"),
            Optional.of("OutOfMemoryError: killed\n"),
            Optional.of("https://logs.example.com/1"));
    Scan scan =
        scan()
            .with(SONAR, run -> run.running(NOW.plusSeconds(2)), NOW)
            .noting(SONAR, 1, attempt -> attempt.ended(end));

    show(new Found.Versioned(scan, 3), false);

    assertThat(recording.answered())
        .contains(
            """
            attempt   started               stopped               exit  stop code                 reason
            sonar #1  2026-01-02T03:04:07Z  2026-01-02T03:04:14Z  137   EssentialContainerExited  OutOfMemoryError: killed

            attempt   task        log
            sonar #1  arn:task/1  https://logs.example.com/1
            """);
  }

  @Test
  void aWishToStopIsShownUntilTheTaskHasStopped() throws InterruptedException {
    Scan cancelled = scan().cancelled(NOW);
    show(new Found.Versioned(cancelled, 3), false);
    assertThat(recording.answered())
        .contains("being stopped (cancelled) since 2026-01-02T03:04:05Z; ECS is not asked yet\n");

    Scan asked = cancelled.noting(SONAR, 1, attempt -> attempt.stopTried(NOW).stopTried(NOW));
    show(new Found.Versioned(asked, 4), false);
    assertThat(recording.answered()).contains("ECS was asked 2 times");

    RecordingTerminal after = RecordingTerminal.plain();
    Scan stopped = asked.noting(SONAR, 1, attempt -> attempt.ended(TaskEnd.unseen(NOW)));
    new StatusCommand(
            after.terminal(), key -> new Found(new Found.Versioned(stopped, 5), NOW), news)
        .run(KEY, false);
    assertThat(after.answered()).doesNotContain("being stopped");
  }

  @Test
  void programsGetTheScanAsClientsDo() throws InterruptedException {
    show(new Found.Versioned(scan(), 3), true);
    assertThat(recording.answered())
        .startsWith("{\"scanId\":\"s1\",\"tenant\":\"default\",")
        .contains("\"status\":\"RUNNING\"");
  }

  @Test
  void aRefusedRequestIsAFailedScan() throws InterruptedException {
    Found.Entry refused =
        new Found.Refused(
            new RefusedScan(
                KEY, new ScanError(ErrorCode.MESSAGE_INVALID, "/target: is missing", false), NOW));
    assertThat(show(refused, false)).isEqualTo(ExitCode.DONE);
    assertThat(recording.answered())
        .contains(
            "status    FAILED",
            "error     MESSAGE_INVALID: /target: is missing",
            "coverage  none",
            "verdict   UNKNOWN");
  }

  @Test
  void aScanThatNobodyHasIsAnExitCodeOfItsOwn() throws InterruptedException {
    assertThat(show(new Found.Absent(), false)).isEqualTo(ExitCode.NO_SUCH_SCAN);
    assertThat(recording.answered()).isEmpty();
    assertThat(recording.said()).startsWith("there is no scan s1 of tenant default");
  }

  @Test
  void anEndedScanIsShownWithWhatWasFound() throws InterruptedException {
    Scan ended = reported();
    outbox.redeliver(
        new OutboxEntry(
            WebhookId.of(ended),
            SampleScans.CALLBACK,
            new ScanEvent(ScanEvent.Type.SCAN_ENDED, ended, Optional.empty(), NOW)));

    show(new Found.Versioned(ended, 9), false);

    assertThat(recording.answered())
        .contains(
            """
            coverage  full
            verdict   FAIL
            findings  3 findings: 1 high, 2 low
            callback  https://ci.example.com/hooks/scans (PENDING, 0 tries)
            """)
        .contains(
            """
            report    verdict  coverage  format  bytes  findings
            sonar     FAIL     full      sarif   1000   3 findings: 1 high, 2 low
            mystical  PASS     full      sarif   1000   no findings
            """);
  }

  @Test
  void aRunSaysHowFarItIs() throws InterruptedException {
    board.note(
        KEY, SONAR, new Progress(Optional.of("analysing"), Optional.of(42), Optional.empty(), NOW));
    board.note(
        KEY, OTHER, new Progress(Optional.of("ended"), Optional.empty(), Optional.empty(), NOW));

    show(new Found.Versioned(scan(), 3), false);

    assertThat(recording.answered())
        .contains(
            """
            progress  percent  phase      at                    message
            sonar     42       analysing  2026-01-02T03:04:05Z
            """)
        .doesNotContain("ended  ");
    RecordingTerminal programs = RecordingTerminal.plain();
    new StatusCommand(
            programs.terminal(), key -> new Found(new Found.Versioned(scan(), 3), NOW), news)
        .run(KEY, true);
    assertThat(programs.answered())
        .contains("\"progress\":{\"phase\":\"analysing\",\"percent\":42");
  }

  private static Scan reported() {
    Scan scan = SampleScans.queued(KEY, SampleScans.full(), NOW);
    FindingCounts counts = new FindingCounts(0, 1, 0, 2, 0);
    scan = SampleScans.launched(scan, SONAR, new TaskArn("arn:task/1"), NOW);
    scan = SampleScans.launched(scan, SampleScans.MYSTICAL, new TaskArn("arn:task/2"), NOW);
    return scan.with(
            SONAR,
            run ->
                run.reported(SampleResults.report("a", counts, Coverage.FULL, NOW))
                    .ended(RunStatus.SUCCEEDED, Optional.empty(), NOW),
            NOW)
        .with(
            SampleScans.MYSTICAL,
            run ->
                run.reported(SampleResults.report("b", Coverage.FULL, NOW))
                    .ended(RunStatus.SUCCEEDED, Optional.empty(), NOW),
            NOW);
  }

  private ExitCode show(Found.Entry entry, boolean json) throws InterruptedException {
    return new StatusCommand(recording.terminal(), key -> new Found(entry, NOW), news)
        .run(KEY, json);
  }

  private static Scan scan() {
    ScanRequest request =
        new ScanRequest(
            new Project("payments", Optional.empty()),
            new Target.Web("https://shop.example.com"),
            List.of(
                new RequestedProvider(SONAR, new TreeMap<>(), true),
                new RequestedProvider(OTHER, new TreeMap<>(), false)),
            FailOn.HIGH,
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>());
    TaskSpec spec =
        new TaskSpec(
            "cluster",
            "task",
            "container",
            new Placement.ClusterDefault(),
            Network.NONE,
            NOW,
            Optional.empty());
    ScanError error = new ScanError(ErrorCode.ECS_CONFIG, "no such task definition", false);
    return Scan.queued(KEY, request, "digest", Optional.empty(), NOW)
        .with(SONAR, run -> run.launching(Attempt.launching(1, 0, spec, NOW)), NOW)
        .with(SONAR, run -> run.launched(new TaskArn("arn:task/1"), NOW), NOW)
        .with(OTHER, run -> run.ended(RunStatus.FAILED, Optional.of(error), NOW), NOW);
  }
}
