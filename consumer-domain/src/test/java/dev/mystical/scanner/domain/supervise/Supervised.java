package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;

import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A scan whose runs are looked at, and the time; what a step writes is what the next one sees. */
final class Supervised {
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final TaskArn TASK = new TaskArn("arn:task/1");
  static final LaunchLimits LIMITS =
      new LaunchLimits(
          Duration.ofHours(6), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofMinutes(10));

  private final Supervision policy = new Supervision(LIMITS, new AttemptLimits(3, 5));
  private final List<SuperviseStep.StopCall> stops = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Scan scan;
  private Instant now = START;
  private boolean eventsFlow;

  Supervised(ScanRequest request) {
    this.scan = SampleScans.queued(SampleScans.newKey(), request, START);
  }

  /** A request of one run that may take so long. */
  static ScanRequest request(Duration timeout) {
    ScanRequest plain = SampleScans.plain(SONAR);
    return new ScanRequest(
        plain.project(),
        plain.target(),
        plain.providers(),
        plain.failOn(),
        Optional.of(timeout),
        plain.callback(),
        plain.tags());
  }

  /** A scan of one run, whose task was launched just now. */
  static Supervised launched() {
    return new Supervised(SampleScans.plain(SONAR)).launch(TASK);
  }

  /** One whose task runs since just now. */
  static Supervised running() {
    Supervised it = launched();
    it.look(SampleReports.of(TASK).running(START));
    return it;
  }

  Supervised launching() {
    return launching(SONAR);
  }

  Supervised launching(ProviderId provider) {
    int number = scan.run(provider).lastAttempt().map(Attempt::number).orElse(0) + 1;
    Instant deadline = now.plus(LIMITS.start()).plus(policy.longest(scan));
    Attempt attempt =
        Attempt.launching(
            number, 0, SampleScans.spec(new Placement.ClusterDefault(), deadline), now);
    scan = scan.with(provider, run -> run.launching(attempt), now);
    return this;
  }

  Supervised launch(TaskArn task) {
    return launch(SONAR, task);
  }

  Supervised launch(ProviderId provider, TaskArn task) {
    launching(provider);
    scan = scan.with(provider, run -> run.launched(task, now), now);
    return this;
  }

  Supervised after(Duration time) {
    now = now.plus(time);
    return this;
  }

  Supervised at(Instant moment) {
    now = moment;
    return this;
  }

  Supervised whileEventsFlow() {
    eventsFlow = true;
    return this;
  }

  void change(UnaryOperator<Scan> change) {
    scan = change.apply(scan);
  }

  void cancel() {
    scan = scan.cancelled(now);
  }

  void retry() {
    scan = scan.retried(now);
  }

  /** ECS describes these tasks. */
  SuperviseStep look(SampleReports... reports) {
    Map<TaskArn, Sights.Sight> tasks = new HashMap<>();
    Arrays.stream(reports)
        .map(SampleReports::report)
        .forEach(it -> tasks.put(it.arn(), new Sights.Sight.Known(it)));
    return step(SONAR, new Sights(tasks, Map.of(), eventsFlow));
  }

  /** ECS denies these tasks. */
  SuperviseStep lookInVain(TaskArn... denied) {
    Map<TaskArn, Sights.Sight> tasks = new HashMap<>();
    Arrays.stream(denied).forEach(it -> tasks.put(it, new Sights.Sight.Missing()));
    return step(SONAR, new Sights(tasks, Map.of(), eventsFlow));
  }

  /** ECS answers nothing. */
  SuperviseStep unanswered() {
    return step(SONAR, Sights.NONE);
  }

  /** A search for an attempt without a task brings these. */
  SuperviseStep search(int attempt, TaskArn... found) {
    List<KnownTask> tasks = Arrays.stream(found).map(it -> known(attempt, it)).toList();
    return step(SONAR, new Sights(Map.of(), Map.of(attempt, tasks), eventsFlow));
  }

  private KnownTask known(int attempt, TaskArn arn) {
    return new KnownTask(
        arn,
        "RUNNING",
        Map.of(
            "scan:run", scan.runId(SONAR).toString(),
            "scan:tenant", scan.key().tenant().value(),
            "scan:attempt", Integer.toString(attempt)));
  }

  SuperviseStep step(ProviderId provider, Sights sights) {
    SuperviseStep step = policy.step(scan, provider, sights, now);
    if (step instanceof SuperviseStep.Write write) {
      scan = write.scan();
      stops.addAll(write.stops());
      write.errors().forEach(it -> told.add(it.code() + " " + it.message()));
    }
    return step;
  }

  Looks looks() {
    return policy.looks(scan, SONAR);
  }

  Scan scan() {
    return scan;
  }

  Run run() {
    return scan.run(SONAR);
  }

  Attempt attempt(int number) {
    return run().attempts().get(number - 1);
  }

  Instant now() {
    return now;
  }

  /** The tasks that ECS was asked to stop since this was asked last. */
  List<TaskArn> stops() {
    List<TaskArn> asked = stops.stream().map(SuperviseStep.StopCall::task).toList();
    stops.clear();
    return asked;
  }

  /** What people were told since this was asked last, beside the ends of runs. */
  List<String> told() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }

  /** How long the step lets pass until the next look; nothing where it asks for a launch. */
  Optional<Duration> wait(SuperviseStep step) {
    return switch (step) {
      case SuperviseStep.LookAgain(Instant at) -> Optional.of(Duration.between(now, at));
      case SuperviseStep.Write write -> Optional.of(Duration.between(now, write.again()));
      case SuperviseStep.Relaunch() -> Optional.empty();
    };
  }
}
