package dev.mystical.scanner.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.LaunchAnswers;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.AttemptLimits;
import dev.mystical.scanner.domain.supervise.Sights;
import dev.mystical.scanner.domain.supervise.SuperviseStep;
import dev.mystical.scanner.domain.supervise.Supervision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One scan from its message to the stop of its last task, and all that may happen to it. */
final class SuperviseWorld {
  static final Duration FAULTS_LAST = Duration.ofMinutes(40);

  /** What a lost lease, a denied task and a slow stop may add to a deadline. */
  static final Duration SLACK = Duration.ofMinutes(12);

  static final LaunchLimits LIMITS =
      new LaunchLimits(
          Duration.ofMinutes(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(20),
          Duration.ofMinutes(10));
  static final AttemptLimits ATTEMPTS = new AttemptLimits(3, 5);

  final MovableClock clock = new MovableClock();
  final RandomGenerator random;
  final SuperviseLedger ledger;
  final SuperviseEcs ecs;
  final LaunchPolicy launches;
  final LaunchAnswers answers;
  final Supervision policy = new Supervision(LIMITS, ATTEMPTS);
  private final List<SuperviseWorker> workers;
  private final List<SuperviseLaunch> messages = new ArrayList<>();
  private final SupervisePerson person;
  private final TaskRequests requests;
  private final Set<String> written = new HashSet<>();
  private final int faultPercent;
  private final int crashPercent;
  private final boolean events;
  private int turns;

  SuperviseWorld(RandomGenerator random, int faultPercent, List<SuperviseTask.Fate> fates) {
    this.random = random;
    this.faultPercent = faultPercent;
    this.crashPercent = faultPercent == 0 ? 0 : random.nextInt(3);
    this.events = random.nextBoolean();
    this.requests =
        // Without a key: nobody here reads what would be sealed.
        new TaskRequests(Optional.empty(), scan -> new byte[0]);
    ScanRequest request = request(random);
    this.ecs = new SuperviseEcs(clock, random, fates);
    this.launches = launches(request);
    this.answers = new LaunchAnswers(launches);
    this.ledger =
        new SuperviseLedger(
            clock, random, SampleScans.queued(SampleScans.newKey(), request, MovableClock.START));
    this.workers =
        IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> new SuperviseWorker(this)).toList();
    // It may be lost, or be with two consumers at once.
    int copies = faultPercent == 0 ? 1 : Math.min(2, random.nextInt(20));
    for (int i = 0; i < copies; i++) {
      messages.add(new SuperviseLaunch(this, Optional.empty()));
    }
    this.person = new SupervisePerson(this, random);
  }

  private static ScanRequest request(RandomGenerator random) {
    List<RequestedProvider> providers =
        IntStream.rangeClosed(0, random.nextInt(3))
            .mapToObj(i ->
                new RequestedProvider(
                    new ProviderId("scanner-" + i), new TreeMap<>(), random.nextInt(3) > 0))
            .toList();
    return new ScanRequest(
        new Project("payments", Optional.empty()),
        new Target.Web("https://payments.example.com"),
        providers,
        FailOn.HIGH,
        random.nextBoolean()
            ? Optional.of(Duration.ofSeconds(60 + random.nextInt(1_200)))
            : Optional.empty(),
        Optional.empty(),
        new TreeMap<>());
  }

  private LaunchPolicy launches(ScanRequest request) {
    Map<ProviderId, Provider> providers =
        request.providers().stream()
            .map(RequestedProvider::id)
            .collect(
                Collectors.toMap(
                    Function.identity(), id -> new Provider(id, id + ":1", "scanner")));
    providers.values().forEach(provider -> ecs.define(provider.taskDefinition()));
    List<Placement> places =
        List.of(
            new Placement.CapacityProvider("FARGATE_SPOT"),
            new Placement.CapacityProvider("FARGATE"));
    return new LaunchPolicy(
        providers,
        new Site("scans", places, Network.NONE, Optional.of("https://a.example")),
        LIMITS,
        requests);
  }

  /** Lets everybody go on, in any order, until that moment. */
  void runUntil(Instant end) throws InterruptedException {
    while (clock.instant().isBefore(end)) {
      ledger.failing(faulty());
      if (faulty() > 0 && random.nextInt(100) < crashPercent) {
        crash();
      }
      if (events && random.nextInt(50) == 0) {
        ledger.hurry();
      }
      List<Actor> actors = actors();
      List<Actor> ready = new ArrayList<>(actors);
      ready.removeIf(it -> it.wakesAt().isAfter(clock.instant()));
      if (ready.isEmpty()) {
        Instant next = end;
        for (Actor actor : actors) {
          next = actor.wakesAt().isBefore(next) ? actor.wakesAt() : next;
        }
        clock.advanceTo(next);
        continue;
      }
      turns++;
      assertThat(turns).as("turns taken at %s", clock.instant()).isLessThan(50_000);
      ready.get(random.nextInt(ready.size())).turn().run();
      clock.advance(Duration.ofMillis(random.nextInt(100)));
    }
  }

  /** Somebody who has work at that time. */
  private record Actor(Instant wakesAt, Turn turn) {}

  @FunctionalInterface
  private interface Turn {
    void run() throws InterruptedException;
  }

  private List<Actor> actors() {
    messages.removeIf(SuperviseLaunch::done);
    List<Actor> actors = new ArrayList<>();
    for (SuperviseWorker worker : workers) {
      worker.wakesAt().ifPresent(at -> actors.add(new Actor(at, worker::turn)));
    }
    for (SuperviseLaunch message : messages) {
      actors.add(new Actor(message.wakesAt(), message::turn));
    }
    person.wakesAt().ifPresent(at -> actors.add(new Actor(at, person::turn)));
    return actors;
  }

  private void crash() {
    int victim = random.nextInt(workers.size() + messages.size());
    if (victim < workers.size()) {
      int seconds = random.nextInt(random.nextInt(4) == 0 ? 600 : 5);
      workers.get(victim).crash(Duration.ofSeconds(seconds));
    } else {
      messages.set(victim - workers.size(), new SuperviseLaunch(this, Optional.empty()));
    }
  }

  private int faulty() {
    return clock.instant().isBefore(MovableClock.START.plus(FAULTS_LAST)) ? faultPercent : 0;
  }

  boolean personIsDone() {
    return person.wakesAt().isEmpty();
  }

  boolean eventsFlow() {
    return events;
  }

  LaunchOutcome launch(TaskRequest request) throws InterruptedException {
    assertThat(written).as("tokens of written attempts").contains(request.clientToken());
    return ecs.launch(request, faulty());
  }

  Optional<List<KnownTask>> search(ProviderId run) throws InterruptedException {
    return ecs.search(TaskRequests.startedBy(ledger.scan().runId(run)), faulty());
  }

  Map<TaskArn, Sights.Sight> look(Collection<TaskArn> tasks) {
    return ecs.look(tasks, faulty());
  }

  /** Decide, commit, act: the ledger knows that a task is to be stopped before ECS does. */
  void stop(SuperviseStep.StopCall call) {
    Scan scan = ledger.scan();
    SuperviseTask task =
        ecs.tasks().stream().filter(it -> it.arn().equals(call.task())).findFirst().orElseThrow();
    assertThat(attempts(scan))
        .as("a committed wish to stop %s", task)
        .anyMatch(attempt ->
            attempt.course().stop().isPresent()
                && Integer.toString(attempt.number())
                    .equals(task.request().tags().get("scan:attempt")));
    ecs.stop(call.task(), call.reason().text(), faulty());
  }

  private static Stream<Attempt> attempts(Scan scan) {
    return scan.runs().stream().map(Run::attempts).flatMap(List::stream);
  }

  void assertLater(Instant again) {
    assertThat(again).as("when to look again").isAfter(clock.instant());
  }

  /** Notes which tokens may be used, before their commit is asked for. */
  void writing(Scan scan) {
    scan.runs()
        .forEach(run ->
            run.lastAttempt()
                .filter(attempt -> attempt.task().isEmpty())
                .ifPresent(attempt ->
                    written.add(requests.of(scan, run.provider(), attempt).clientToken())));
  }

  List<SuperviseTask> tasks(ProviderId run) {
    return ecs.tasks().stream()
        .filter(task -> task.request().startedBy().endsWith("/" + run))
        .toList();
  }
}
