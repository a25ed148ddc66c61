package dev.mystical.scanner.app.consume;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.launch.InMemoryTask;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetters;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueState;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A worker's work with everything around it in memory and in simulated time. A body names scan and
 * providers, as in {@code s-1 sonar mystical}; any other word in the providers' place makes poison.
 */
final class LaunchBench {
  static final String CLUSTER = "scans";
  static final MessageId MESSAGE = new MessageId("message-1");

  final MovableClock clock = new MovableClock();
  final SimulatedStop stop = new SimulatedStop(clock);
  final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  final InMemoryLaunchPace pace = new InMemoryLaunchPace(clock, 20, 20);
  final InMemoryEcs ecs = new InMemoryEcs(clock, CLUSTER, Duration.ofSeconds(1));
  final Outside outside = new Outside(ledger, pace, ecs);
  final RecordingErrorFeed feed = new RecordingErrorFeed(clock, new Redactor(List.of()));
  final HealthBoard health = new HealthBoard(clock);
  final Counters counters = new Counters();
  final InMemoryDeadLetters deadLetters;
  final LedgerTime time = new LedgerTime(clock);
  final MessageWork work;
  boolean held = true;

  LaunchBench() {
    this(InMemoryDeadLetters.present(), new Placement.ClusterDefault());
    time.told(clock.instant());
  }

  /** Of a replica that the ledger has not answered yet. */
  static LaunchBench ofANewReplica() {
    return new LaunchBench(InMemoryDeadLetters.present(), new Placement.ClusterDefault());
  }

  LaunchBench(InMemoryDeadLetters deadLetters, Placement... placements) {
    this.deadLetters = deadLetters;
    ecs.define("sonar:1");
    ecs.define("mystical:1");
    QueueTerms terms = new QueueTerms(name -> deadLetters);
    terms.told(new QueueState(Duration.ofSeconds(30), Optional.empty(), Optional.empty()));
    LaunchPolicy policy =
        new LaunchPolicy(
            Map.of(
                SONAR, new Provider(SONAR, "sonar:1", "scanner"),
                MYSTICAL, new Provider(MYSTICAL, "mystical:1", "scanner")),
            new Site(CLUSTER, List.of(placements), Network.NONE, Optional.empty()),
            new LaunchLimits(
                Duration.ofHours(6),
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofMinutes(10)),
            new TaskRequests(Optional.empty(), scan -> scan.request().toString().getBytes(UTF_8)));
    LaunchWork launches =
        new LaunchWork(
            new LaunchWork.Parts(policy, outside, outside, outside, outside, feed, health),
            time,
            new Random(1));
    this.work =
        new MessageWork(
            new MessageWork.Parts(
                LaunchBench::decode, Optional.empty(), terms, outside, launches, feed, health),
            time,
            new Random(2));
  }

  static Decoded decode(String body) {
    List<String> words = Arrays.asList(body.split(" "));
    Optional<ScanId> id =
        words.getFirst().isEmpty() ? Optional.empty() : Optional.of(new ScanId(words.getFirst()));
    List<ProviderId> providers =
        words.subList(1, words.size()).stream().map(ProviderId::new).toList();
    return List.of(SONAR, MYSTICAL).containsAll(providers)
        ? new Decoded.Request(
            SampleScans.plain(providers.toArray(ProviderId[]::new)), body, id, Optional.empty())
        : new Decoded.Invalid(List.of(Problem.at("/providers", "nonsense")), id, Optional.empty());
  }

  /** Works on a message to its end. */
  Finished work(String body) throws InterruptedException {
    return work.work(delivery(body), custody());
  }

  Custody custody() {
    return new Custody(MESSAGE.value(), () -> held, stop, clock);
  }

  Delivery delivery(String body) {
    return delivery(body, Map.of());
  }

  Delivery delivery(String body, Map<String, String> attributes) {
    return new Delivery(new Receipt(MESSAGE, "handle"), body, attributes, 1, MovableClock.START);
  }

  Scan scan(String id) throws InterruptedException {
    Found found = ledger.load(new ScanKey(Tenant.DEFAULT, new ScanId(id)));
    return ((Found.Versioned) found.entry()).scan();
  }

  /** Each run has one task, which the ledger knows, and no other was ever started. */
  void assertLaunchedOnce(String id, ProviderId... providers) throws InterruptedException {
    Scan scan = scan(id);
    assertThat(scan.settled()).isTrue();
    assertThat(ecs.tasks())
        .extracting(task -> task.request().tags().get("scan:run"))
        .containsExactlyInAnyOrder(
            Stream.of(providers).map(it -> scan.runId(it).toString()).toArray(String[]::new));
    assertThat(scan.runs())
        .allSatisfy(run ->
            assertThat(ecs.tasks())
                .extracting(InMemoryTask::arn)
                .contains(run.attempts().getLast().task().orElseThrow()));
  }

  /** All that was told: by the feed at once, or with a commit. */
  List<ErrorEvent> errors() {
    return Stream.concat(feed.events().stream(), ledger.errors().stream()).toList();
  }
}
