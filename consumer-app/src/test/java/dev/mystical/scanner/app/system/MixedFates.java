package dev.mystical.scanner.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.stand.ecs.ContainerCommands;
import dev.mystical.scanner.stand.ecs.EventDisorder;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.Ladder;
import dev.mystical.scanner.stand.ecs.LaunchedTask;
import dev.mystical.scanner.stand.ecs.Limits;
import dev.mystical.scanner.stand.ecs.LocalEcsSettings;
import dev.mystical.scanner.stand.ecs.TaskTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three replicas and the servers that they need, and scans whose ends are known beforehand. */
final class MixedFates implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MixedFates.class);
  private static final String EVENTS_QUEUE = "task-events";
  private static final int LONGEST_STORY = 30;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** How replicas hear of tasks, and what tasks carry. */
  enum Way {
    /** Events come in, some twice, some late, some never. */
    EVENTS,
    /** Looks alone bring news; each task carries its whole request, sealed. */
    SEALED
  }

  private final LateTaskEvents events = new LateTaskEvents();
  private final SystemStand stand;
  private final SystemLedger ledger;
  private final List<FatedScan> scans;
  private final Cancels cancels;
  private final Map<String, String> settings;
  private final List<Replica> started = new ArrayList<>();
  private final List<Replica> replicas = new ArrayList<>();
  private Instant redisLost = Instant.MAX;

  MixedFates(Path folder, Way way, RandomGenerator random) throws InterruptedException {
    scans = FatedScan.drawn(random);
    stand = SystemStand.start(folder, ecs(), Duration.ofSeconds(4));
    ledger = stand.ledger();
    settings = settings(way);
    cancels = new Cancels(ledger, delays(random));
    events.add(cancels);
    stand.ecs().registerTaskDefinition(withSidecars());
    scans.stream()
        .flatMap(scan -> scan.runs().stream())
        .flatMap(run -> run.rules().stream())
        .forEach(stand.ecs()::fate);
    if (way == Way.EVENTS) {
      settings.put("TASK_EVENTS_QUEUE_URL", stand.createQueue(EVENTS_QUEUE, SOON));
      stand.ecs().disorder(new EventDisorder(5, 7, 3));
      events.add(event -> stand.sendTo(EVENTS_QUEUE, event));
    }
  }

  private LocalEcsSettings ecs() {
    return LocalEcsSettings.defaults()
        .withLimits(Limits.none())
        .withLadder(Ladder.evenly(Duration.ofMillis(100)))
        .withTimes(TaskTimes.documented().withSpotNotice(Duration.ofSeconds(1)))
        .withCommands(ContainerCommands.all(Fate.runsOn()))
        .withEvents(events);
  }

  private Map<String, String> settings(Way way) {
    Map<String, String> all = stand.quick();
    all.put("START_TIMEOUT", "5s");
    all.put("SCAN_TIMEOUT", "8s");
    all.put("QUEUE_TIMEOUT", "90s");
    if (way == Way.SEALED) {
      all.put("TOKEN_KEY", "a key of the fault test, long enough for it");
    }
    return all;
  }

  private Map<String, Duration> delays(RandomGenerator random) {
    return scans.stream()
        .filter(FatedScan::isCancelled)
        .collect(
            Collectors.toMap(FatedScan::scanId, it -> Duration.ofMillis(random.nextInt(3_000))));
  }

  private static String withSidecars() {
    return """
    {"family": "scanner-infrastructure-%s-task", "networkMode": "awsvpc", "cpu": "256",
     "memory": "512", "requiresCompatibilities": ["FARGATE"],
     "containerDefinitions": [
      {"name": "scanner-%s-infrastructure", "image": "scanner:1"},
      {"name": "%s", "image": "proxy:1", "essential": true},
      {"name": "%s", "image": "logs:1", "essential": false}]}
    """
        .formatted(
            MixedFate.WITH_SIDECARS,
            MixedFate.WITH_SIDECARS,
            MixedFate.PROXY,
            MixedFate.LOG_ROUTER);
  }

  List<FatedScan> scans() {
    return scans;
  }

  /** Starts all replicas, and lets the plan's faults happen at their times. */
  void play(FaultPlan plan) throws InterruptedException {
    for (int i = 0; i < FaultPlan.REPLICAS; i++) {
      replicas.add(replica());
    }
    for (Replica replica : replicas) {
      replica.ready();
    }
    long start = System.nanoTime();
    for (FaultPlan.Step step : plan.steps()) {
      pass(step.at().minusNanos(System.nanoTime() - start));
      happen(step.action());
    }
  }

  private void happen(FaultPlan.Action action) throws InterruptedException {
    switch (action) {
      case FaultPlan.Action.Send(int from, int to) -> {
        var unused = stand.sendAll(scans.subList(from, to).stream().map(FatedScan::body).toList());
      }
      case FaultPlan.Action.Kill(int seat) -> replicas.get(seat).sigkill();
      case FaultPlan.Action.Restart(int seat) -> replicas.set(seat, replica());
      case FaultPlan.Action.EmptyRedis() -> {
        stand.redis().restartEmpty();
        redisLost = Instant.now();
      }
    }
  }

  private Replica replica() {
    Replica replica = stand.replica(settings);
    started.add(replica);
    return replica;
  }

  /** Between faults nothing happens that could be waited for. */
  private static void pass(Duration time) throws InterruptedException {
    assertThat(new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)).isFalse();
  }

  /** Waits until all scans have ended and nothing of them is left over; gives them by id. */
  Map<String, Scan> ended() throws InterruptedException {
    try (Settlement settlement = new Settlement(stand)) {
      long start = System.nanoTime();
      // A scan that was rebuilt from some of its tasks ends by those, and is completed by its
      // message.
      stand.awaitEmpty(PATIENCE);
      List<String> ids = scans.stream().map(FatedScan::scanId).toList();
      Map<String, Scan> ended = settlement.awaitEnded(ids, PATIENCE);
      settlement.awaitNothingWatched(PATIENCE);
      LOG.info("event=settled after={}", Duration.ofNanos(System.nanoTime() - start));
      return ended;
    }
  }

  /** What its tasks and all the replicas have to say of a scan. */
  String story(String scanId) {
    return Stream.concat(
            tasks().tasks().stream()
                .filter(task -> task.startedBy().contains("/" + scanId + "/"))
                .map(LaunchedTask::toString),
            started.stream()
                .flatMap(replica -> replica.lines().stream())
                .filter(line -> line.contains(scanId)))
        .limit(LONGEST_STORY)
        .collect(Collectors.joining("\n    ", "\n    ", ""));
  }

  TaskHistory tasks() {
    return new TaskHistory(stand.ecs().tasks());
  }

  /** Whether the ledger has heard of a scan's cancelling, and not forgotten it since. */
  boolean cancelledForGood(String scanId) {
    return cancels.done(scanId).filter(asked -> asked.isAfter(redisLost)).isPresent();
  }

  /** Stops the replicas, and gives what all of them that there ever were have said. */
  List<String> stopped() throws InterruptedException {
    for (Replica replica : replicas) {
      replica.sigterm();
    }
    for (Replica replica : replicas) {
      assertThat(replica.exitCode(SOON)).as(replica::text).isZero();
    }
    return started.stream().map(Replica::lines).flatMap(List::stream).toList();
  }

  @Override
  public void close() {
    cancels.close();
    ledger.close();
    stand.close();
  }
}
