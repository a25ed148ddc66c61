package dev.mystical.scanner.app.consume;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.loop.Loop;
import dev.mystical.scanner.app.loop.MonotonicClock;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.launch.TaskLauncher;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetters;
import dev.mystical.scanner.domain.queue.InMemoryScanQueue;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsumerTest {
  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final Duration VISIBILITY = Duration.ofSeconds(30);

  /** Everything around one consumer. */
  private static final class Replica {
    final InstantSource clock;
    final InMemoryScanQueue memory;
    final WatchedQueue queue;
    final InMemoryScanLedger ledger;
    final InMemoryEcs ecs;
    final InMemoryDeadLetters deadLetters = InMemoryDeadLetters.present();
    final Counters counters = new Counters();
    ScanLedger told;
    TaskLauncher launcher;

    Replica(InstantSource clock) {
      this.clock = clock;
      this.memory = new InMemoryScanQueue(clock, VISIBILITY, Optional.empty());
      this.queue = new WatchedQueue(memory);
      this.ledger = new InMemoryScanLedger(clock);
      this.ecs = new InMemoryEcs(clock, LaunchBench.CLUSTER, Duration.ofSeconds(1));
      ecs.define("sonar:1");
      queue.onEmpty(() -> new CountDownLatch(1).await());
      this.told = ledger;
      this.launcher = ecs;
    }

    Consumer consumer() {
      LaunchPolicy policy =
          new LaunchPolicy(
              Map.of(SONAR, new Provider(SONAR, "sonar:1", "scanner")),
              new Site(
                  LaunchBench.CLUSTER,
                  List.of(new Placement.ClusterDefault()),
                  Network.NONE,
                  Optional.empty()),
              new LaunchLimits(
                  Duration.ofHours(6),
                  Duration.ofMinutes(15),
                  Duration.ofHours(1),
                  Duration.ofMinutes(10)),
              new TaskRequests(
                  Optional.empty(), scan -> scan.request().toString().getBytes(UTF_8)));
      return new Consumer(
          64,
          new Consumer.Queueing(queue, name -> deadLetters, LaunchBench::decode, Optional.empty()),
          new Consumer.Launching(
              policy, launcher, ecs, new InMemoryLaunchPace(clock, 1_000_000, 1_000_000)),
          new Consumer.Records(
              told,
              new RecordingErrorFeed(clock, new Redactor(List.of())),
              new HealthBoard(clock),
              counters),
          new Consumer.Surroundings(clock, new Random(1)));
    }
  }

  @Test
  void aStopDeletesWhatIsFinished() throws InterruptedException {
    for (int messages = 1; messages <= 9; messages++) {
      Replica replica = new Replica(new MovableClock());
      CountDownLatch finished = new CountDownLatch(messages);
      replica.told =
          new TellingLedger(
              replica.ledger,
              () -> {},
              commit -> {
                if (commit.scan().settled()) {
                  finished.countDown();
                }
              });
      for (int i = 0; i < messages; i++) {
        replica.memory.send("s-" + i + " sonar", Map.of());
      }
      Consumer consumer = replica.consumer();
      consumer.start();
      await(finished);

      consumer.stop(GRACE);

      assertThat(replica.memory.messages()).as("of %d", messages).isEmpty();
      assertThat(replica.ecs.tasks()).hasSize(messages);
      assertThat(consumer.inFlight()).isZero();
    }
  }

  @Test
  void aStopGivesBackWhatWaitsAndReceivesNothingMore() throws InterruptedException {
    Replica replica = new Replica(new MovableClock());
    CountDownLatch begun = new CountDownLatch(3);
    replica.told = new TellingLedger(replica.ledger, begun::countDown, commit -> {});
    for (int i = 0; i < 3; i++) {
      replica.memory.send("s-" + i + " sonar", Map.of());
    }
    replica.ledger.failNext(1_000);
    Consumer consumer = replica.consumer();
    consumer.start();
    await(begun);
    try (LogLines log = LogLines.of(Consumer.class)) {
      consumer.stop(GRACE);

      assertThat(log.lines()).containsExactly("INFO event=consumer-stopped messageIds=[]");
    }
    int receives = replica.queue.receives().size();
    assertThat(replica.queue.deletes()).isEmpty();
    assertThat(replica.queue.extensions())
        .isNotEmpty()
        .allMatch(call -> call.visibility().isZero());
    assertThat(replica.ecs.calls()).isEmpty();
    assertThat(replica.memory.receive(10)).hasSize(3);
    assertThat(consumer.loops()).hasSize(3);
    for (Loop loop : consumer.loops()) {
      assertThat(loop.stop(Duration.ZERO)).as(loop.name()).isTrue();
    }
    consumer.stop(GRACE);
    assertThat(replica.queue.receives()).hasSize(receives);
  }

  @Test
  void workThatOutlastsTheGraceIsHandedOver() throws InterruptedException {
    Replica replica = new Replica(new MovableClock());
    CountDownLatch launching = new CountDownLatch(1);
    replica.launcher =
        request -> {
          launching.countDown();
          new CountDownLatch(1).await();
          throw new IllegalStateException("never");
        };
    MessageId id = replica.memory.send("s-1 sonar", Map.of());
    Consumer consumer = replica.consumer();
    consumer.start();
    await(launching);

    consumer.stop(Duration.ofSeconds(5));

    assertThat(replica.memory.visibleAt(id)).contains(replica.clock.instant());
    assertThat(consumer.inFlight()).isZero();
  }

  @Test
  void aConsumerThatNeverStartedStops() throws InterruptedException {
    Replica replica = new Replica(new MovableClock());

    replica.consumer().stop(GRACE);

    assertThat(replica.queue.calls()).isZero();
  }

  @Test
  void aFloodWithRepeatsAndPoisonIsLaunchedOnceEachAndCostsLittle() throws InterruptedException {
    Replica replica = new Replica(new MonotonicClock(MovableClock.START, System::nanoTime));
    CountDownLatch deleted = new CountDownLatch(1_000);
    replica.queue.onDelete(receipts -> {
      var results = replica.memory.delete(receipts);
      receipts.forEach(receipt -> deleted.countDown());
      return results;
    });
    for (int i = 0; i < 950; i++) {
      // One in fifty says again what another message said.
      replica.memory.send("s-" + (i % 50 == 0 ? 1 : i) + " sonar", Map.of());
    }
    for (int i = 0; i < 50; i++) {
      replica.memory.send("poison-" + i + " nonsense", Map.of());
    }
    Consumer consumer = replica.consumer();
    consumer.start();
    await(deleted);
    consumer.stop(GRACE);

    assertThat(replica.memory.messages()).isEmpty();
    assertThat(replica.ecs.tasks()).hasSize(931);
    assertThat(replica.ecs.calls()).hasSizeBetween(931, 950);
    assertThat(replica.deadLetters.copies()).hasSize(50);
    assertThat(replica.counters.get(Count.MESSAGES_RECEIVED)).isEqualTo(1_000);
    assertThat(replica.counters.get(Count.MESSAGES_DELETED)).isEqualTo(1_000);
    assertThat(replica.queue.calls()).isLessThanOrEqualTo(250);
    assertThat(consumer.inFlight()).isZero();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
