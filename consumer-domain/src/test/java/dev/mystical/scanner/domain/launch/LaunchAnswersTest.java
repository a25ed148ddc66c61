package dev.mystical.scanner.domain.launch;

import static dev.mystical.scanner.domain.launch.SamplePolicy.ON_DEMAND;
import static dev.mystical.scanner.domain.launch.SamplePolicy.SPOT;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaunchAnswersTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TaskArn TASK = new TaskArn("arn:task/1");
  private static final Trouble TROUBLE = new Trouble("it said no", Optional.of("aws-1"));
  private static final Duration GRACE = SamplePolicy.LIMITS.configGrace();

  private final LaunchPolicy policy = SamplePolicy.of(SPOT, ON_DEMAND);
  private final LaunchAnswers answers = new LaunchAnswers(policy);
  private final Scan scan =
      policy.launching(
          SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR), NOW),
          SONAR,
          1,
          0,
          SPOT,
          NOW);

  @Test
  void anAcceptedTaskLaunchesItsRun() {
    LaunchResult result = after(scan, new LaunchOutcome.Started(TASK), Waits.NONE, NOW);

    assertThat(run(result).status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(attempt(result).task()).contains(TASK);
    assertThat(result.errors()).isEmpty();
    assertThat(result.closing()).isEmpty();
  }

  @Test
  void anUnansweredCallIsRepeatedAsItWasAndVoidsTheSearch() {
    Waits searched = Waits.NONE.lookedFor(SONAR, scan.run(SONAR).attempts().getLast());

    LaunchResult result = after(scan, new LaunchOutcome.NoAnswer(TROUBLE), searched, NOW);

    assertThat(result.scan()).isSameAs(scan);
    assertThat(result.waits().of(SONAR).lookedFor()).isEmpty();
    assertThat(result.waits().of(SONAR).until())
        .isAfterOrEqualTo(NOW.plus(LaunchDelays.STANDARD.ghost()));
    assertTold(result, ErrorCode.ECS_UNAVAILABLE);
  }

  @Test
  void aThrottledCallIsRepeatedAsItWas() {
    LaunchResult result = after(scan, new LaunchOutcome.Throttled(TROUBLE), Waits.NONE, NOW);

    assertThat(result.scan()).isSameAs(scan);
    assertThat(result.waits().of(SONAR).until()).isAfterOrEqualTo(NOW.plusMillis(500));
    assertTold(result, ErrorCode.ECS_THROTTLED);
  }

  @Test
  void repeatsComeLessAndLessOften() {
    for (LaunchOutcome outcome :
        List.of(new LaunchOutcome.NoAnswer(TROUBLE), new LaunchOutcome.Throttled(TROUBLE))) {
      Waits waits = Waits.NONE;
      for (int i = 0; i < 12; i++) {
        waits = after(scan, outcome, waits, NOW).waits();
      }
      assertThat(waits.of(SONAR).until()).isBetween(NOW.plusSeconds(15), NOW.plusSeconds(30));
    }
  }

  @Test
  void withoutRoomTheNextPlaceIsTriedUnderAnotherToken() {
    LaunchResult result = after(scan, new LaunchOutcome.NoCapacity(TROUBLE), Waits.NONE, NOW);

    assertThat(attempt(result).number()).isEqualTo(1);
    assertThat(attempt(result).placement()).isEqualTo(1);
    assertThat(attempt(result).spec().placement()).isEqualTo(ON_DEMAND);
    assertThat(token(result.scan())).isNotEqualTo(token(scan));
    assertThat(result.waits().of(SONAR).until()).isEqualTo(NOW.plus(LaunchDelays.STANDARD.ghost()));
    assertTold(result, ErrorCode.ECS_CAPACITY);
  }

  @Test
  void withoutRoomAnywhereTimeIsGiven() {
    LaunchResult first = after(scan, new LaunchOutcome.NoCapacity(TROUBLE), Waits.NONE, NOW);
    LaunchResult second =
        after(first.scan(), new LaunchOutcome.NoCapacity(TROUBLE), first.waits(), NOW);

    assertThat(attempt(second).spec().placement()).isEqualTo(SPOT);
    assertThat(attempt(second).placement()).isEqualTo(2);
    assertThat(second.waits().of(SONAR).until())
        .isBetween(NOW.plusMillis(7_500), NOW.plusSeconds(15));
  }

  @Test
  void aReachedQuotaClosesTheGateOfAll() {
    LaunchResult result = after(scan, new LaunchOutcome.QuotaReached(TROUBLE), Waits.NONE, NOW);

    assertThat(attempt(result).placement()).isEqualTo(1);
    assertThat(attempt(result).spec().placement()).isEqualTo(SPOT);
    assertThat(result.waits().of(SONAR).until()).isEqualTo(NOW.plus(LaunchDelays.STANDARD.probe()));
    assertThat(closing(result).gate()).isEqualTo(Gate.QUOTA);
    assertThat(closing(result).news().code()).isEqualTo(ErrorCode.ECS_QUOTA);
  }

  @Test
  void aWrongConfigurationClosesTheProvidersGateAndWaitsForAPerson() {
    LaunchResult result = after(scan, new LaunchOutcome.Misconfigured(TROUBLE), Waits.NONE, NOW);

    assertThat(run(result).status()).isEqualTo(RunStatus.LAUNCHING);
    assertThat(run(result).blockedSince()).contains(NOW);
    assertThat(attempt(result).placement()).isEqualTo(1);
    assertThat(closing(result).gate()).isEqualTo(Gate.of(SONAR));
    assertThat(closing(result).probeEvery()).isEqualTo(Duration.ofSeconds(30));
    assertThat(closing(result).news().awsRequestId()).contains("aws-1");
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void aPersonHasTheGraceAndNoLonger() {
    Scan blocked = after(scan, new LaunchOutcome.Misconfigured(TROUBLE), Waits.NONE, NOW).scan();
    LaunchOutcome again = new LaunchOutcome.Misconfigured(TROUBLE);

    assertThat(run(after(blocked, again, Waits.NONE, NOW.plus(GRACE).minusMillis(1))).status())
        .isEqualTo(RunStatus.LAUNCHING);
    LaunchResult over = after(blocked, again, Waits.NONE, NOW.plus(GRACE));
    assertThat(run(over).status()).isEqualTo(RunStatus.FAILED);
    assertThat(run(over).error()).map(ScanError::code).contains(ErrorCode.ECS_CONFIG);
  }

  /** A later trouble with the configuration found the grace of the earlier one used up. */
  @Test
  void aMendedConfigurationGivesTheGraceAnew() {
    Scan blocked = after(scan, new LaunchOutcome.Misconfigured(TROUBLE), Waits.NONE, NOW).scan();
    for (LaunchOutcome mended :
        List.of(new LaunchOutcome.NoCapacity(TROUBLE), new LaunchOutcome.QuotaReached(TROUBLE))) {
      LaunchResult result = after(blocked, mended, Waits.NONE, NOW.plusSeconds(60));
      assertThat(run(result).blockedSince()).as("%s", mended).isEmpty();
    }
  }

  @Test
  void whatTheRequestItselfSaysWrongFailsItsRunAlone() {
    LaunchResult result = after(scan, new LaunchOutcome.Rejected(TROUBLE), Waits.NONE, NOW);

    assertThat(run(result).status()).isEqualTo(RunStatus.FAILED);
    assertThat(run(result).error())
        .contains(new ScanError(ErrorCode.ECS_CONFIG, "it said no", false));
    assertThat(result.closing()).isEmpty();
  }

  @Test
  void aConflictThatNobodyCanAdoptFailsItsRun() {
    LaunchResult result =
        after(scan, new LaunchOutcome.Conflicting(List.of(TASK), TROUBLE), Waits.NONE, NOW);

    assertThat(run(result).status()).isEqualTo(RunStatus.FAILED);
    assertThat(run(result).error()).map(ScanError::code).contains(ErrorCode.INTERNAL);
  }

  @Test
  void aTaskOfThisAttemptIsAdopted() {
    LaunchResult result =
        answers.found(scan, SONAR, List.of(task("1", "default")), Waits.NONE, NOW);

    assertThat(attempt(result).task()).contains(TASK);
    assertThat(run(result).status()).isEqualTo(RunStatus.PROVISIONING);
    assertTold(result, ErrorCode.INTERNAL);
  }

  @Test
  void tasksOfOtherAttemptsAndTenantsAreNotAdopted() {
    LaunchResult result =
        answers.found(
            scan, SONAR, List.of(task("2", "default"), task("1", "other")), Waits.NONE, NOW);

    assertThat(result.scan()).isSameAs(scan);
    assertThat(result.waits().of(SONAR).lookedFor(attempt(result))).isTrue();
  }

  @Test
  void aSearchThatFailedIsRepeated() {
    LaunchResult result = answers.notFound(scan, SONAR, TROUBLE, Waits.NONE, NOW, new Random(0));

    assertThat(result.scan()).isSameAs(scan);
    assertThat(result.waits().of(SONAR).lookedFor()).isEmpty();
    assertThat(result.waits().of(SONAR).until()).isAfter(NOW);
    assertTold(result, ErrorCode.ECS_UNAVAILABLE);
  }

  @Test
  void aClosedQuotaGateIsWaitedFor() {
    LaunchResult result =
        answers.closed(
            scan,
            SONAR,
            new Admission.Closed(Gate.QUOTA, Duration.ofSeconds(9)),
            Waits.NONE,
            NOW.plus(Duration.ofHours(1)));

    assertThat(result.scan()).isSameAs(scan);
    assertThat(result.waits().of(SONAR).until())
        .isEqualTo(NOW.plus(Duration.ofHours(1)).plusSeconds(9));
  }

  @Test
  void aClosedProvidersGateIsWaitedForNoLongerThanTheGrace() {
    Admission.Closed closed = new Admission.Closed(Gate.of(SONAR), Duration.ofSeconds(9));
    Scan blocked = answers.closed(scan, SONAR, closed, Waits.NONE, NOW).scan();

    assertThat(blocked.run(SONAR).blockedSince()).contains(NOW);
    assertThat(
            run(answers.closed(blocked, SONAR, closed, Waits.NONE, NOW.plus(GRACE).minusMillis(1)))
                .status())
        .isEqualTo(RunStatus.LAUNCHING);
    assertThat(run(answers.closed(blocked, SONAR, closed, Waits.NONE, NOW.plus(GRACE))).status())
        .isEqualTo(RunStatus.FAILED);
  }

  @Test
  void onlyAnAnswerThatProvesItOpensAGate() {
    Map<LaunchOutcome, List<Boolean>> table =
        Map.of(
            new LaunchOutcome.Started(TASK), List.of(true, true),
            new LaunchOutcome.NoAnswer(TROUBLE), List.of(false, false),
            new LaunchOutcome.Throttled(TROUBLE), List.of(false, false),
            new LaunchOutcome.NoCapacity(TROUBLE), List.of(true, true),
            new LaunchOutcome.QuotaReached(TROUBLE), List.of(false, true),
            new LaunchOutcome.Misconfigured(TROUBLE), List.of(false, false),
            new LaunchOutcome.Conflicting(List.of(), TROUBLE), List.of(true, true),
            new LaunchOutcome.Rejected(TROUBLE), List.of(true, true));

    table.forEach((outcome, opened) -> {
      assertThat(answers.opens(Gate.QUOTA, outcome)).isEqualTo(opened.getFirst());
      assertThat(answers.opens(Gate.of(SONAR), outcome)).isEqualTo(opened.getLast());
    });
  }

  @Test
  void onePlaceIsTriedAgainAfterAWhile() {
    LaunchPolicy single = SamplePolicy.of(new Placement.ClusterDefault());
    LaunchResult result =
        new LaunchAnswers(single)
            .after(
                single.launching(scan, SONAR, 1, 0, new Placement.ClusterDefault(), NOW),
                SONAR,
                new LaunchOutcome.NoCapacity(TROUBLE),
                Waits.NONE,
                NOW,
                new Random(0));

    assertThat(attempt(result).placement()).isEqualTo(1);
    assertThat(result.waits().of(SONAR).until()).isAfter(NOW.plusSeconds(7));
  }

  private LaunchResult after(Scan from, LaunchOutcome outcome, Waits waits, Instant now) {
    return answers.after(from, SONAR, outcome, waits, now, new Random(0));
  }

  private KnownTask task(String attempt, String tenant) {
    return new KnownTask(
        TASK,
        "RUNNING",
        Map.of(
            "scan:run", scan.runId(SONAR).toString(),
            "scan:tenant", tenant,
            "scan:attempt", attempt));
  }

  private String token(Scan of) {
    return policy.requests().of(of, SONAR, of.run(SONAR).attempts().getLast()).clientToken();
  }

  private static Run run(LaunchResult result) {
    return result.scan().run(SONAR);
  }

  private static Attempt attempt(LaunchResult result) {
    return run(result).attempts().getLast();
  }

  private static LaunchResult.Closing closing(LaunchResult result) {
    assertThat(result.closing()).isPresent();
    return result.closing().orElseThrow();
  }

  private static void assertTold(LaunchResult result, ErrorCode code) {
    assertThat(result.errors()).extracting(ErrorEvent::code).containsExactly(code);
  }
}
