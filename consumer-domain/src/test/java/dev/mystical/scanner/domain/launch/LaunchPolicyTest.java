package dev.mystical.scanner.domain.launch;

import static dev.mystical.scanner.domain.launch.SamplePolicy.LIMITS;
import static dev.mystical.scanner.domain.launch.SamplePolicy.SPOT;
import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchPolicyTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TaskArn TASK = new TaskArn("arn:task/1");
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final LaunchPolicy policy = SamplePolicy.of(SPOT, SamplePolicy.ON_DEMAND);
  private final Scan queued =
      SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR), NOW);
  private final Scan launching = written(policy.next(queued, Waits.NONE, NOW));

  @Test
  void anAttemptIsWrittenBeforeAnythingIsCalled() {
    Attempt attempt = launching.run(SONAR).attempts().getFirst();

    assertThat(launching.run(SONAR).status()).isEqualTo(RunStatus.LAUNCHING);
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.placement()).isZero();
    assertThat(attempt.launchingAt()).isEqualTo(NOW);
  }

  @Test
  void anAttemptKeepsAllThatItsRequestNeeds() {
    TaskSpec spec = launching.run(SONAR).attempts().getFirst().spec();

    assertThat(spec.taskDefinition()).isEqualTo("sonar:1");
    assertThat(spec.placement()).isEqualTo(SPOT);
    assertThat(spec.deadline()).isEqualTo(NOW.plus(LIMITS.start()).plus(LIMITS.run()));
  }

  @Test
  void aRequestsOwnTimeoutTakesThePlaceOfTheServers() {
    Scan full = SampleScans.queued(SampleScans.newKey(), SampleScans.full(), NOW);
    TaskSpec spec =
        written(policy.next(full, Waits.NONE, NOW)).run(SONAR).attempts().getFirst().spec();

    assertThat(spec.deadline()).isEqualTo(NOW.plus(LIMITS.start()).plus(Duration.ofMinutes(30)));
  }

  @Test
  void aWrittenAttemptIsLaunchedAsItWasWritten() {
    LaunchStep step = policy.next(launching, Waits.NONE, NOW);
    LaunchStep elsewhere =
        SamplePolicy.of(SamplePolicy.ON_DEMAND).next(launching, Waits.NONE, NOW.plusSeconds(30));

    assertThat(step).isInstanceOf(LaunchStep.Launch.class);
    assertThat(elsewhere).isEqualTo(step);
  }

  @Test
  void anAttemptThatWasWrittenLongAgoIsLookedForFirst() {
    Instant later = NOW.plus(Duration.ofMinutes(1));

    assertThat(policy.next(launching, Waits.NONE, later)).isInstanceOf(LaunchStep.Launch.class);
    assertThat(policy.next(launching, Waits.NONE, later.plus(MOMENT)))
        .isEqualTo(new LaunchStep.Find(SONAR, attempt(launching)));
    assertThat(
            policy.next(
                launching, Waits.NONE.lookedFor(SONAR, attempt(launching)), later.plus(MOMENT)))
        .isInstanceOf(LaunchStep.Launch.class);
  }

  /** A crash forgot the wait after a refusal, and the search came before the task showed. */
  @Test
  void anotherPlacementIsLookedForOnceADeniedTaskWouldShow() {
    Scan refused = policy.launching(launching, SONAR, 1, 1, SPOT, NOW);
    Instant shown = NOW.plus(LaunchDelays.STANDARD.ghost());

    assertThat(policy.next(refused, Waits.NONE, NOW)).isEqualTo(new LaunchStep.LaterAt(shown));
    assertThat(policy.next(refused, Waits.NONE, shown))
        .isEqualTo(new LaunchStep.Find(SONAR, attempt(refused)));
  }

  /** Another worker moved the run on, and this one took its own search for the new placement's. */
  @Test
  void aSearchCountsForItsOwnPlacementAlone() {
    Scan refused = policy.launching(launching, SONAR, 1, 1, SPOT, NOW);
    Waits searched = Waits.NONE.lookedFor(SONAR, attempt(launching));
    Instant shown = NOW.plus(LaunchDelays.STANDARD.ghost());

    assertThat(policy.next(refused, searched, shown)).isInstanceOf(LaunchStep.Find.class);
    assertThat(policy.next(refused, Waits.NONE.lookedFor(SONAR, attempt(refused)), shown))
        .isInstanceOf(LaunchStep.Launch.class);
  }

  @Test
  void aRunThatWaitsIsLeftAloneUntilThen() {
    Instant until = NOW.plusSeconds(7);
    Waits waits = Waits.NONE.hold(SONAR, until);

    assertThat(policy.next(launching, waits, NOW)).isEqualTo(new LaunchStep.LaterAt(until));
    assertThat(policy.next(launching, waits, until)).isInstanceOf(LaunchStep.Launch.class);
  }

  @Test
  void aRunThatWaitsHoldsUpNoOther() {
    Scan two = SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR, MYSTICAL), NOW);
    Scan next = written(policy.next(two, Waits.NONE.hold(SONAR, NOW.plusSeconds(9)), NOW));

    assertThat(next.run(SONAR).status()).isEqualTo(RunStatus.PENDING);
    assertThat(next.run(MYSTICAL).status()).isEqualTo(RunStatus.LAUNCHING);
  }

  @Test
  void aRunThatNeverCameToALaunchTimesOut() {
    Instant end = NOW.plus(LIMITS.queue());
    Scan ended = written(policy.next(queued, Waits.NONE, end));

    assertThat(policy.next(queued, Waits.NONE, end.minus(MOMENT)))
        .isInstanceOf(LaunchStep.Write.class);
    assertThat(ended.run(SONAR).status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(ended.run(SONAR).error()).map(ScanError::code).contains(ErrorCode.QUEUE_TIMEOUT);
  }

  @Test
  void aRunThatMayHaveATaskIsLookedForBeforeItTimesOut() {
    Instant end = NOW.plus(LIMITS.queue());
    Waits looked = Waits.NONE.lookedFor(SONAR, attempt(launching));

    assertThat(policy.next(launching, Waits.NONE, end)).isInstanceOf(LaunchStep.Find.class);
    assertThat(written(policy.next(launching, looked, end)).run(SONAR).status())
        .isEqualTo(RunStatus.TIMED_OUT);
    assertThat(policy.next(launching, looked.unanswered(SONAR, end), end))
        .isInstanceOf(LaunchStep.Find.class);
  }

  @Test
  void aWaitPastTheTimeoutEndsWithIt() {
    Instant end = NOW.plus(LIMITS.queue());
    Waits waits = Waits.NONE.hold(SONAR, end.plusSeconds(60));

    assertThat(policy.next(queued, waits, end.minusSeconds(60)))
        .isEqualTo(new LaunchStep.LaterAt(end));
  }

  @Test
  void aRunThatIsLaunchedAgainIsNoMatterOfTheMessage() {
    assertThat(policy.next(requeued(), Waits.NONE, NOW)).isInstanceOf(LaunchStep.Settled.class);
  }

  @Test
  void aRunThatIsLaunchedAgainGetsTheNextNumber() {
    LaunchStep step = policy.relaunch(requeued(), SONAR, Waits.NONE, NOW.plusSeconds(60));

    assertThat(written(step).run(SONAR).attempts())
        .extracting(Attempt::number)
        .containsExactly(1, 2);
  }

  @Test
  void aRunThatIsLaunchedAgainHasTheWholeQueueTimeAgain() {
    Instant end = NOW.plusSeconds(60).plus(LIMITS.queue());

    assertThat(
            written(policy.relaunch(requeued(), SONAR, Waits.NONE, end.minusMillis(1)))
                .run(SONAR)
                .status())
        .isEqualTo(RunStatus.LAUNCHING);
    assertThat(written(policy.relaunch(requeued(), SONAR, Waits.NONE, end)).run(SONAR).status())
        .isEqualTo(RunStatus.TIMED_OUT);
  }

  @Test
  void aRunThatIsLaunchedIsNotLaunchedAgain() {
    Scan launched = SampleScans.launched(queued, SONAR, TASK, NOW);

    assertThat(policy.relaunch(launched, SONAR, Waits.NONE, NOW))
        .isEqualTo(new LaunchStep.Settled(launched));
  }

  /** Waits since a minute after NOW. */
  private Scan requeued() {
    return SampleScans.launched(queued, SONAR, TASK, NOW)
        .with(
            SONAR,
            run -> run.requeued(ErrorCode.TASK_LOST, NOW.plusSeconds(60)),
            NOW.plusSeconds(60));
  }

  @Test
  void aSettledScanNeedsNothing() {
    Scan launched = SampleScans.launched(queued, SONAR, TASK, NOW);

    assertThat(policy.next(launched, Waits.NONE, NOW.plus(Duration.ofDays(9))))
        .isEqualTo(new LaunchStep.Settled(launched));
  }

  @Test
  void aProviderThatIsNoLongerConfiguredFailsItsRun() {
    LaunchPolicy without = SamplePolicy.with(Map.of(), "https://a.example", SPOT);

    assertThat(written(without.next(queued, Waits.NONE, NOW)).run(SONAR).error())
        .map(ScanError::code)
        .contains(ErrorCode.PROVIDER_UNKNOWN);
  }

  @Test
  void overridesAtTheLimitAreLaunchedAndOneMoreIsRefused() {
    int spare = Overrides.LONGEST - Overrides.length(requested(launching, "https://scans.example"));
    String url = "https://scans.example" + "/".repeat(spare);

    LaunchPolicy exact = SamplePolicy.with(SamplePolicy.PROVIDERS, url, SPOT);
    LaunchPolicy over = SamplePolicy.with(SamplePolicy.PROVIDERS, url + "/", SPOT);

    Scan fits = written(exact.next(queued, Waits.NONE, NOW));
    assertThat(Overrides.length(requested(fits, url))).isEqualTo(8192);
    assertThat(fits.run(SONAR).status()).isEqualTo(RunStatus.LAUNCHING);
    assertThat(written(over.next(queued, Waits.NONE, NOW)).run(SONAR).error())
        .map(ScanError::code)
        .contains(ErrorCode.OVERRIDES_TOO_LARGE);
  }

  private static TaskRequest requested(Scan scan, String url) {
    return SamplePolicy.with(SamplePolicy.PROVIDERS, url, SPOT)
        .requests()
        .of(scan, SONAR, attempt(scan));
  }

  private static Attempt attempt(Scan scan) {
    return scan.run(SONAR).attempts().getLast();
  }

  private static Scan written(LaunchStep step) {
    assertThat(step).isInstanceOf(LaunchStep.Write.class);
    return ((LaunchStep.Write) step).scan();
  }
}
