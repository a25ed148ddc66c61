package dev.mystical.scanner.app.consume;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.reconcile.Reconciler;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.LaunchStep;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.launch.Waits;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetters;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueState;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.reconcile.InMemoryReconcileTurns;
import dev.mystical.scanner.domain.reconcile.Reconciliation;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.domain.supervise.AttemptLimits;
import dev.mystical.scanner.domain.supervise.InMemoryCallPace;
import dev.mystical.scanner.domain.supervise.Looks;
import dev.mystical.scanner.domain.supervise.Sights;
import dev.mystical.scanner.domain.supervise.SuperviseStep;
import dev.mystical.scanner.domain.supervise.Supervision;
import dev.mystical.scanner.domain.supervise.TaskReport;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestDocument;
import dev.mystical.scanner.wire.RequestRules;
import dev.mystical.scanner.wire.RequestRules.PathTargets;
import dev.mystical.scanner.wire.RequestRules.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Messages, launches, looks and reconciling around a ledger that can be lost, all in memory and in
 * simulated time. While a worker waits, the reconciler has its turns.
 */
final class RebirthBench {
  static final TokenKey KEY = new TokenKey("0123456789abcdef0123456789abcdef");
  private static final LaunchLimits LIMITS =
      new LaunchLimits(
          Duration.ofHours(6), Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofMinutes(10));

  final MovableClock clock = new MovableClock();
  final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  final InMemoryReconcileTurns.Shared turns = new InMemoryReconcileTurns.Shared(ledger, clock);
  final InMemoryLaunchPace pace = new InMemoryLaunchPace(clock, 20, 20);
  final InMemoryEcs ecs = new InMemoryEcs(clock, "scans", Duration.ofSeconds(5));
  final RecordingErrorFeed feed = new RecordingErrorFeed(clock, new Redactor(List.of()));
  final HealthBoard health = new HealthBoard(clock);
  final InMemoryDeadLetters deadLetters = InMemoryDeadLetters.present();
  final SimulatedStop stop = new SimulatedStop(clock);
  final Reconciler reconciler;
  private final Optional<TokenKey> key;
  private final Duration secondLook;
  private final Supervision supervision = new Supervision(LIMITS, new AttemptLimits(3, 5));
  private final LaunchPolicy policy;
  private final MessageWork work;
  private Instant reconcileNext = Instant.EPOCH;

  RebirthBench(Optional<TokenKey> key) throws InterruptedException {
    this(key, Reconciler.SECOND_LOOK);
  }

  RebirthBench(Optional<TokenKey> key, Duration secondLook) throws InterruptedException {
    this.key = key;
    this.secondLook = secondLook;
    this.policy = policy(key);
    ecs.define("sonar:1");
    ecs.define("mystical:1");
    this.reconciler = reconciler();
    LedgerTime time = new LedgerTime(clock);
    this.work = new MessageWork(messageParts(launchWork(time)), time, new Random(2));
    stop.duringWait(number -> reconcileIfDue());
    reconciler.turn();
  }

  /** Another replica's. */
  Reconciler reconciler() {
    return new Reconciler(
        new Reconciler.Parts(
            new Reconciliation(key, RequestDocument::readable, "scans"),
            new InMemoryReconcileTurns(turns),
            ecs,
            ecs,
            new InMemoryCallPace(pace, clock),
            ledger,
            feed,
            health),
        secondLook,
        clock::advance,
        new Random(3));
  }

  private void reconcileIfDue() {
    if (clock.instant().isBefore(reconcileNext)) {
      return;
    }
    try {
      reconcileNext = clock.instant().plus(reconciler.turn());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static LaunchPolicy policy(Optional<TokenKey> key) {
    return new LaunchPolicy(
        Map.of(
            SONAR, new Provider(SONAR, "sonar:1", "scanner"),
            MYSTICAL, new Provider(MYSTICAL, "mystical:1", "scanner")),
        new Site(
            "scans",
            List.of(
                new Placement.CapacityProvider("FARGATE_SPOT"),
                new Placement.CapacityProvider("FARGATE")),
            Network.NONE,
            Optional.empty()),
        LIMITS,
        new TaskRequests(key, RequestDocument::origin));
  }

  private LaunchWork launchWork(LedgerTime time) {
    return new LaunchWork(
        new LaunchWork.Parts(policy, ledger, ecs, ecs, pace, feed, health), time, new Random(1));
  }

  private MessageWork.Parts messageParts(LaunchWork launches) {
    QueueTerms terms = new QueueTerms(name -> deadLetters);
    terms.told(new QueueState(Duration.ofSeconds(30), Optional.empty(), Optional.empty()));
    return new MessageWork.Parts(
        new JsonRequestDecoder(
            new RequestRules(Set.of(SONAR, MYSTICAL), Sender.QUEUE, PathTargets.REFUSED)),
        key,
        terms,
        ledger,
        launches,
        feed,
        health);
  }

  /** A message that is sent now. */
  Delivery message(ScanKey scan, ScanRequest request) {
    return message(RequestDocument.message(scan, request));
  }

  Delivery message(String body) {
    Map<String, String> attributes = new HashMap<>();
    key.ifPresent(secret -> attributes.put(Intake.SIGNATURE, secret.signature(body)));
    return new Delivery(
        new Receipt(new MessageId("message-1"), "handle"), body, attributes, 1, clock.instant());
  }

  /** Works on a message to its end. */
  Finished work(Delivery delivery) throws InterruptedException {
    return work.work(delivery, new Custody(delivery.id().value(), () -> true, stop, clock));
  }

  Found.Entry entry(ScanKey scan) throws InterruptedException {
    return ledger.load(scan).entry();
  }

  Scan scan(ScanKey scan) throws InterruptedException {
    return ((Found.Versioned) entry(scan)).scan();
  }

  TaskArn task(ScanKey scan, ProviderId provider) throws InterruptedException {
    return scan(scan).run(provider).attempts().getLast().task().orElseThrow();
  }

  /** Its task has failed for a reason that another attempt may not meet. */
  void fail(ScanKey scan, ProviderId provider) throws InterruptedException {
    Found.Versioned at = (Found.Versioned) entry(scan);
    Instant now = clock.instant();
    Scan next = at.scan().with(provider, it -> it.requeued(ErrorCode.ECS_START_FAILED, now), now);
    ledger.commit(Commit.of(at, next, now));
  }

  /** Launches a run again, without a message. */
  void relaunch(ScanKey scan, ProviderId provider) throws InterruptedException {
    while (entry(scan) instanceof Found.Versioned at) {
      Instant now = clock.instant();
      switch (policy.relaunch(at.scan(), provider, Waits.NONE, now)) {
        case LaunchStep.Write(Scan next) -> ledger.commit(Commit.of(at, next, now));
        case LaunchStep.Launch(ProviderId run, TaskRequest request) -> {
          TaskArn task = ((LaunchOutcome.Started) ecs.launch(request)).task();
          Scan next = at.scan().with(run, it -> it.launched(task, now), now);
          ledger.commit(Commit.of(at, next, now));
          return;
        }
        case LaunchStep other -> throw new AssertionError(other);
      }
    }
  }

  /** Looks at a run and does what follows, until nothing does. */
  void supervise(ScanKey scan, ProviderId provider) throws InterruptedException {
    while (entry(scan) instanceof Found.Versioned at) {
      SuperviseStep step =
          supervision.step(at.scan(), provider, sights(at.scan(), provider), clock.instant());
      if (!(step instanceof SuperviseStep.Write write)) {
        return;
      }
      ledger.commit(Commit.of(at, write.scan(), clock.instant()));
      for (SuperviseStep.StopCall call : write.stops()) {
        ecs.stop(call.cluster(), call.task(), call.reason().text());
      }
    }
  }

  private Sights sights(Scan scan, ProviderId provider) throws InterruptedException {
    Map<TaskArn, Sights.Sight> sights = new HashMap<>();
    List<TaskArn> wanted =
        supervision.looks(scan, provider).tasks().stream().map(Looks.Task::arn).toList();
    wanted.forEach(task -> sights.put(task, new Sights.Sight.Missing()));
    for (TaskReport report : ecs.look("scans", wanted)) {
      sights.put(report.arn(), new Sights.Sight.Known(report));
    }
    return new Sights(sights, Map.of(), false);
  }
}
