package dev.mystical.scanner.domain.simulation;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.launch.LaunchAnswers;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One scan, its ledger, ECS and pace, and the chance that makes them fail until it stops. */
final class LaunchWorld {
  static final Duration FAULTS_LAST = Duration.ofMinutes(40);
  private static final Trouble TROUBLE = Trouble.of("scripted");
  private static final List<LaunchOutcome> REFUSALS =
      List.of(
          new LaunchOutcome.NoCapacity(TROUBLE),
          new LaunchOutcome.NoCapacity(TROUBLE),
          new LaunchOutcome.QuotaReached(TROUBLE),
          new LaunchOutcome.Misconfigured(TROUBLE));

  final MovableClock clock = new MovableClock();
  final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  final InMemoryEcs ecs;
  final InMemoryLaunchPace pace = new InMemoryLaunchPace(clock, 20, 20);
  final RandomGenerator random;
  final LaunchPolicy policy;
  final LaunchAnswers answers;
  final ScanKey key = SampleScans.newKey();
  private final List<LaunchWorker> workers = new ArrayList<>();
  private final Set<String> writtenTokens = new HashSet<>();
  private final TaskRequests requests;
  private final int faultPercent;
  private final int crashPercent;
  private int turns;

  LaunchWorld(RandomGenerator random, int workerCount, int crashPercent)
      throws InterruptedException {
    this.random = random;
    this.faultPercent = random.nextInt(70);
    this.crashPercent = crashPercent;
    this.ecs = new InMemoryEcs(clock, "scans", Duration.ofMillis(random.nextInt(1900)));
    this.requests =
        new TaskRequests(
            Optional.of(new TokenKey("0123456789abcdef0123456789abcdef")),
            scan -> scan.request().toString().getBytes(StandardCharsets.UTF_8));
    Duration queue =
        random.nextBoolean() ? Duration.ofHours(6) : Duration.ofSeconds(5 + random.nextInt(300));
    this.policy =
        new LaunchPolicy(
            Map.of(
                SONAR, new Provider(SONAR, "sonar:1", "scanner"),
                MYSTICAL, new Provider(MYSTICAL, "mystical:1", "scanner")),
            new Site("scans", placements(random), Network.NONE, Optional.of("https://a.example")),
            new LaunchLimits(
                queue, Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofMinutes(10)),
            requests);
    this.answers = new LaunchAnswers(policy);
    ecs.define("sonar:1");
    ecs.define("mystical:1");
    ledger.commit(
        Commit.of(
            SampleScans.queued(key, SampleScans.full(), MovableClock.START), MovableClock.START));
    for (int i = 0; i < workerCount; i++) {
      workers.add(new LaunchWorker(this));
    }
  }

  private static List<Placement> placements(RandomGenerator random) {
    return random.nextBoolean()
        ? List.of(new Placement.ClusterDefault())
        : List.of(
            new Placement.CapacityProvider("FARGATE_SPOT"),
            new Placement.CapacityProvider("FARGATE"));
  }

  /** Lets the workers go on, in any order, until all have seen the scan settled. */
  void run(int mostTurns) throws InterruptedException {
    while (true) {
      Instant now = clock.instant();
      List<LaunchWorker> working = workers.stream().filter(it -> !it.done()).toList();
      if (working.isEmpty()) {
        ledger.heal();
        return;
      }
      if (faulty() && random.nextInt(100) < crashPercent) {
        working.get(random.nextInt(working.size())).crash(Duration.ofMillis(random.nextInt(4_000)));
      }
      List<LaunchWorker> ready = working.stream().filter(it -> !it.wakesAt().isAfter(now)).toList();
      if (ready.isEmpty()) {
        working.stream()
            .map(LaunchWorker::wakesAt)
            .min(Instant::compareTo)
            .ifPresent(clock::advanceTo);
        continue;
      }
      turns++;
      assertThat(turns).as("turns taken at %s", now).isLessThanOrEqualTo(mostTurns);
      turn(ready.get(random.nextInt(ready.size())));
      clock.advance(Duration.ofMillis(random.nextInt(40)));
    }
  }

  private boolean faulty() {
    return clock.instant().isBefore(MovableClock.START.plus(FAULTS_LAST));
  }

  private void turn(LaunchWorker worker) throws InterruptedException {
    if (faulty() && random.nextInt(100) < faultPercent / 10) {
      ledger.failNext(1);
    } else if (faulty() && random.nextInt(100) < faultPercent / 10) {
      ledger.executeThenFail(1);
    }
    worker.turn();
  }

  /** A RunTask call, perhaps with something in its way. */
  LaunchOutcome launch(TaskRequest request) throws InterruptedException {
    assertThat(writtenTokens).as("tokens of written attempts").contains(request.clientToken());
    if (faulty() && random.nextInt(100) < faultPercent) {
      LaunchOutcome refusal = REFUSALS.get(random.nextInt(REFUSALS.size()));
      switch (random.nextInt(7)) {
        case 0 -> ecs.executeThenNoAnswer();
        case 1 -> ecs.answerNext(new LaunchOutcome.NoAnswer(TROUBLE));
        case 2 -> ecs.answerNext(new LaunchOutcome.Throttled(TROUBLE));
        case 3 -> ecs.executeThenDeny(refusal);
        default -> ecs.answerNext(refusal);
      }
    }
    return ecs.launch(request);
  }

  /** The look for a task, perhaps in vain. */
  void beforeSearch() {
    if (faulty() && random.nextInt(100) < faultPercent / 2) {
      ecs.failNextReads(1);
    }
  }

  /** Notes which tokens may be used, before their commit is asked for. */
  void writing(Scan scan) {
    scan.runs()
        .forEach(run ->
            run.lastAttempt()
                .ifPresent(attempt -> writtenTokens.add(token(scan, run.provider(), attempt))));
  }

  private String token(Scan scan, ProviderId provider, Attempt attempt) {
    return requests.of(scan, provider, attempt).clientToken();
  }

  Scan scan() throws InterruptedException {
    return ((Found.Versioned) ledger.load(key).entry()).scan();
  }
}
