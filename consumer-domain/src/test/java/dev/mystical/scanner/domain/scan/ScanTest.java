package dev.mystical.scanner.domain.scan;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ScanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final TaskArn TASK = new TaskArn("arn:task/1");

  private final Scan queued = SampleScans.queued(SampleScans.newKey(), SampleScans.full(), NOW);

  @Test
  void aNewScanIsQueuedWithAPendingRunForEachProvider() {
    assertThat(queued.status()).isEqualTo(ScanStatus.QUEUED);
    assertThat(queued.settled()).isFalse();
    assertThat(queued.runs()).extracting(Run::status).containsOnly(RunStatus.PENDING);
    assertThat(queued.runs()).extracting(Run::provider).containsExactly(SONAR, MYSTICAL);
    assertThat(queued.runs()).extracting(Run::required).containsExactly(true, false);
  }

  @Test
  void aScanRunsFromItsFirstLaunchOn() {
    Scan first = queued.with(SONAR, run -> run.launching(SampleScans.attempt(NOW)), NOW);
    Scan second = first.with(MYSTICAL, run -> run.launching(SampleScans.attempt(LATER)), LATER);

    assertThat(first.status()).isEqualTo(ScanStatus.RUNNING);
    assertThat(second.startedAt()).contains(NOW);
  }

  @Test
  void aScanIsSettledOnceEveryRunIsLaunchedOrEnded() {
    Scan one = SampleScans.launched(queued, SONAR, TASK, NOW);
    Scan launching = one.with(MYSTICAL, run -> run.launching(SampleScans.attempt(NOW)), NOW);

    assertThat(one.settled()).isFalse();
    assertThat(launching.settled()).isFalse();
    assertThat(SampleScans.failed(launching, MYSTICAL, ErrorCode.ECS_CONFIG, NOW).settled())
        .isTrue();
    assertThat(SampleScans.launched(one, MYSTICAL, TASK, NOW).settled()).isTrue();
  }

  @Test
  void aLaunchedRunIsNeverLaunchedAgain() {
    Run run = SampleScans.launched(queued, SONAR, TASK, NOW).run(SONAR);

    assertThatThrownBy(() -> run.launching(SampleScans.attempt(LATER)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> run.launched(new TaskArn("other"), LATER))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLaterPlacementTakesTheEarlierOnesPlaceAndANewAttemptDoesNot() {
    TaskSpec spec = SampleScans.spec(new Placement.ClusterDefault(), LATER);
    Attempt first = Attempt.launching(1, 0, spec, NOW);
    Attempt refused = Attempt.launching(1, 1, spec, NOW);
    Attempt second = Attempt.launching(2, 0, spec, NOW);
    Run run = queued.run(SONAR).launching(first).launching(refused).launching(second);

    assertThat(run.attempts()).containsExactly(refused, second);
  }

  @Test
  void aLaunchEndsTheWaitForAMendedConfiguration() {
    Run blocked = queued.run(SONAR).launching(SampleScans.attempt(NOW)).blocked(NOW);

    assertThat(blocked.blockedSince()).contains(NOW);
    assertThat(blocked.launched(TASK, LATER).blockedSince()).isEmpty();
    assertThat(blocked.ended(RunStatus.FAILED, Optional.empty(), LATER).blockedSince()).isEmpty();
  }

  @Test
  void aRunThatNobodyAskedForIsNamed() {
    ProviderId unknown = new ProviderId("unknown");

    assertThatThrownBy(() -> queued.run(unknown)).hasMessageContaining("unknown");
    assertThatThrownBy(() -> queued.requested(unknown)).hasMessageContaining("unknown");
  }

  @Test
  void identifiersHoldToTheirPatterns() {
    refused("scanId", () -> new ScanId(""), () -> new ScanId("a b"), () -> new ScanId("a\n"));
    refused("scanId", () -> new ScanId("x".repeat(65)), () -> new ScanId("é"));
    refused("tenant", () -> new Tenant(""), () -> new Tenant("A"), () -> new Tenant("-a"));
    refused("tenant", () -> new Tenant("x".repeat(33)), () -> new Tenant("*"));
    refused("provider", () -> new ProviderId("1a"), () -> new ProviderId("a_b"));
    refused("provider", () -> new ProviderId("x".repeat(33)));
    refused("project.key", () -> new Project("Payments", Optional.empty()));
    refused("project.key", () -> new Project(".x", Optional.empty()));
    refused("taskArn", () -> new TaskArn(" "));
    refused("attempt 0", () -> Attempt.launching(0, 0, SampleScans.attempt(NOW).spec(), NOW));
    refused("placement -1", () -> Attempt.launching(1, -1, SampleScans.attempt(NOW).spec(), NOW));
    assertThat(new ScanId("x".repeat(64)).value()).hasSize(64);
    assertThat(new Tenant("0-x").value()).isEqualTo("0-x");
  }

  @Test
  void aHugeWrongValueIsShownInPart() {
    assertThatThrownBy(() -> new ScanId("!".repeat(100_000))).message().hasSizeLessThan(200);
  }

  @Test
  void providersAndTheirVariablesNameEachOther() {
    assertThat(ProviderId.fromVariable("MY_SCANNER")).isEqualTo(new ProviderId("my-scanner"));
    assertThat(new ProviderId("my-scanner").variable()).isEqualTo("MY_SCANNER");
  }

  @Test
  void aRequestNamesDistinctProviders() {
    refused("providers", SampleScans::plain, () -> SampleScans.plain(SONAR, SONAR));
  }

  @Test
  void whatARequestIsMadeOfCanBeChangedWithoutChangingIt() {
    TreeMap<String, String> options = new TreeMap<>();
    RequestedProvider requested = new RequestedProvider(SONAR, options, true);
    options.put("A", "1");

    assertThat(requested.options()).isEmpty();
  }

  @Test
  void aDigestIsFitForTokens() {
    assertThat(Digest.of("").value()).isEqualTo("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
    assertThat(Digest.of("").shortened()).hasSize(22);
  }

  private static void refused(String field, ThrowingCallable... makings) {
    for (var making : List.of(makings)) {
      assertThatThrownBy(making)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(field);
    }
  }
}
