package dev.mystical.scanner.app.reconcile;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.reconcile.InMemoryReconcileTurns;
import dev.mystical.scanner.domain.reconcile.OriginReader;
import dev.mystical.scanner.domain.reconcile.Reconciliation;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.domain.supervise.InMemoryCallPace;
import dev.mystical.scanner.domain.supervise.TaskSweep;
import dev.mystical.scanner.wire.RequestDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
  private static final String CLUSTER = "scans";
  private static final TokenKey KEY = new TokenKey("0123456789abcdef0123456789abcdef");

  private final MovableClock clock = new MovableClock();
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final InMemoryReconcileTurns.Shared turns =
      new InMemoryReconcileTurns.Shared(ledger, clock);
  private final InMemoryLaunchPace pace = new InMemoryLaunchPace(clock, 20, 20);
  private final InMemoryEcs ecs = new InMemoryEcs(clock, CLUSTER, Duration.ZERO);
  private final RecordingErrorFeed feed = new RecordingErrorFeed(clock, new Redactor(List.of()));
  private final HealthBoard health = new HealthBoard(clock);
  private final List<String> pages = new ArrayList<>();
  private final List<Duration> rests = new ArrayList<>();
  private Runnable duringRest = () -> {};
  private OriginReader reader = RequestDocument::readable;

  private final TaskSweep sweep =
      (cluster, listing, token) -> {
        pages.add(listing + token.orElse(""));
        return ecs.page(cluster, listing, token);
      };

  private final Reconciler reconciler = reconciler(sweep);

  @BeforeEach
  void begin() {
    turns.lose();
  }

  @Test
  void aNewLedgerAndAnEmptyClusterAreOneLook() throws InterruptedException {
    assertThat(reconciler.turn()).isEqualTo(Duration.ofSeconds(2));

    assertThat(pages).containsExactly("RUNNING", "STOPPED");
    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
    assertThat(feed.events()).isEmpty();
  }

  @Test
  void aRoutineTurnIsOneLookEachFiveMinutes() throws InterruptedException {
    launched(scan("scan-1"));
    reconciler.turn();
    pages.clear();
    reconciler.turn();
    assertThat(pages).isEmpty();
    clock.advance(Duration.ofMinutes(5));

    reconciler.turn();

    assertThat(pages).containsExactly("RUNNING", "STOPPED");
  }

  @Test
  void aLossIsTwoLooksEvenWhereNothingIsFound() throws InterruptedException {
    reconciler.turn();
    reconciler.turn();
    turns.lose();
    pages.clear();

    reconciler.turn();

    assertThat(pages).hasSize(4);
    assertThat(rests).contains(Reconciler.SECOND_LOOK);
    assertThat(feed.events())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.REDIS_UNAVAILABLE);
  }

  @Test
  void tasksAreReasonEnoughForASecondLook() throws InterruptedException {
    launched(scan("scan-1"));

    reconciler.turn();

    assertThat(pages).hasSize(4);
  }

  @Test
  void oneReplicaAtATimeIsAtIt() throws InterruptedException {
    launched(scan("scan-1"));
    List<Duration> others = new ArrayList<>();
    Reconciler other = reconciler(sweep);
    duringRest =
        () -> {
          duringRest = () -> {};
          others.add(turnOf(other));
        };

    reconciler.turn();

    assertThat(others).containsExactly(Duration.ofSeconds(2));
    assertThat(pages).hasSize(4);
  }

  @Test
  void aTurnThatAnotherReplicaHasTakenOverIsGivenUp() throws InterruptedException {
    launched(scan("scan-1"));
    Reconciler other = reconciler(sweep);
    duringRest =
        () -> {
          if (rests.getLast().equals(Reconciler.SECOND_LOOK)) {
            duringRest = () -> {};
            clock.advance(Duration.ofMinutes(2));
            turnOf(other);
          }
        };

    reconciler.turn();

    assertThat(pages).hasSize(2 + 4);
    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void everyCallHasItsPlaceInTheSharedPace() throws InterruptedException {
    Instant before = clock.instant();
    launched(scan("scan-1"));

    reconciler.turn();

    // Eight reads, of which five may come at once, and those of the second look after a pause.
    assertThat(Duration.between(before, clock.instant()))
        .isGreaterThanOrEqualTo(Reconciler.SECOND_LOOK);
    assertThat(rests).hasSizeGreaterThanOrEqualTo(pages.size() * TaskSweep.CALLS);
  }

  @Test
  void allPagesAreReadAndAllScansRebuilt() throws InterruptedException {
    for (int i = 0; i < 250; i++) {
      launched(scan("scan-" + i));
    }

    reconciler.turn();

    for (int i = 0; i < 250; i++) {
      assertThat(entry(key("scan-" + i))).isInstanceOf(Found.Versioned.class);
    }
    assertThat(ecs.stopCalls()).isEmpty();
  }

  @Test
  void aDeniedListingIsToldOnceShownAndTriedAgain() throws InterruptedException {
    Reconciler denied =
        reconciler((cluster, listing, token) -> {
          throw TasksUnavailable.denied("AccessDeniedException", new IOException("denied"));
        });

    for (int i = 0; i < 3; i++) {
      assertThat(denied.turn()).isEqualTo(Duration.ofSeconds(30));
    }

    assertThat(feed.events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.code()).isEqualTo(ErrorCode.ECS_CONFIG);
          assertThat(event.message()).contains("AccessDeniedException");
        });
    assertThat(health.isUnwell(Dependency.ECS)).isTrue();
    assertThat(doubtfulBefore()).isAfter(Instant.EPOCH);
  }

  @Test
  void whatIsDeniedToOneReplicaAnotherOneDoes() throws InterruptedException {
    Reconciler denied =
        reconciler((cluster, listing, token) -> {
          throw TasksUnavailable.denied("AccessDeniedException", new IOException("denied"));
        });
    denied.turn();

    reconciler.turn();

    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aDeniedListingThatIsMendedIsWellAndNewsOnceMore() throws InterruptedException {
    boolean[] refuses = {true};
    Reconciler mended =
        reconciler((cluster, listing, token) -> {
          if (refuses[0]) {
            throw TasksUnavailable.denied("AccessDeniedException", new IOException("denied"));
          }
          return ecs.page(cluster, listing, token);
        });
    mended.turn();
    refuses[0] = false;
    mended.turn();
    assertThat(health.isUnwell(Dependency.ECS)).isFalse();
    refuses[0] = true;
    clock.advance(Duration.ofMinutes(5));
    mended.turn();

    assertThat(feed.events()).hasSize(2);
  }

  @Test
  void aPageThatFailsIsAskedForAgain() throws InterruptedException {
    ecs.failNextReads(4);

    reconciler.turn();

    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
    assertThat(health.isUnwell(Dependency.ECS)).isFalse();
  }

  @Test
  void anEcsThatIsAwayIsToldShownAndWaitedFor() throws InterruptedException {
    ecs.failNextReads(5);

    assertThat(reconciler.turn()).isPositive();

    assertThat(feed.events())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.ECS_UNAVAILABLE);
    assertThat(health.isUnwell(Dependency.ECS)).isTrue();
    assertThat(doubtfulBefore()).isAfter(Instant.EPOCH);
    reconciler.turn();
    assertThat(health.isUnwell(Dependency.ECS)).isFalse();
    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void anAbsentLedgerPutsItOffAtAnyCall() throws InterruptedException {
    launched(scan("scan-1"));
    for (int call = 0; call < 40; call++) {
      int[] left = {call};
      turns.lose();
      duringRest =
          () -> {
            if (left[0]-- == 0) {
              ledger.failNext(1);
            }
          };
      if (call == 0) {
        ledger.failNext(1);
      }
      assertThat(reconciler.turn()).isPositive();
      duringRest = () -> {};
      ledger.heal();
      clock.advance(Duration.ofMinutes(6));
      reconciler.turn();

      assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
      assertThat(entry(key("scan-1"))).isInstanceOf(Found.Versioned.class);
    }
    assertThat(ecs.stopCalls()).isEmpty();
  }

  /** What the sweep had seen to be there may be gone since. */
  @Test
  void aLossDuringASweepMakesAnotherOne() throws InterruptedException {
    launched(scan("scan-1"));
    duringRest =
        () -> {
          if (rests.getLast().equals(Reconciler.SECOND_LOOK)) {
            turns.lose();
          }
        };

    reconciler.turn();
    assertThat(doubtfulBefore()).isAfter(Instant.EPOCH);
    duringRest = () -> {};
    reconciler.turn();

    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
    assertThat(entry(key("scan-1"))).isInstanceOf(Found.Versioned.class);
  }

  @Test
  void aScanThatCannotBeDealtWithKeepsNoOtherFromIt() throws InterruptedException {
    launched(scan("scan-1"));
    launched(scan("scan-2"));
    reader =
        origin -> {
          Optional<Scan> scan = RequestDocument.readable(origin);
          if (scan.orElseThrow().key().equals(key("scan-1"))) {
            throw new IllegalStateException("thrown by the test");
          }
          return scan;
        };

    reconciler.turn();

    assertThat(entry(key("scan-2"))).isInstanceOf(Found.Versioned.class);
    assertThat(doubtfulBefore()).isEqualTo(Instant.EPOCH);
    assertThat(feed.events())
        .filteredOn(event -> event.code() == ErrorCode.INTERNAL)
        .allSatisfy(event -> assertThat(event.subject().scan()).contains(new ScanId("scan-1")));
  }

  @Test
  void whoeverWritesAScanFirstIsBelieved() throws InterruptedException {
    Scan scan = scan("scan-1");
    TaskArn task = launched(scan);
    reader =
        origin -> {
          reader = RequestDocument::readable;
          write(scan, task);
          return RequestDocument.readable(origin);
        };

    reconciler.turn();

    Scan standing = ((Found.Versioned) entry(scan.key())).scan();
    assertThat(standing.run(SONAR).attempts().getLast().spec().taskDefinition())
        .isEqualTo("scanner:7");
    assertThat(ecs.stopCalls()).isEmpty();
  }

  @Test
  void aTaskIsNotStoppedThatSomebodyWaitsForByNow() throws InterruptedException {
    Scan scan = SampleScans.queued(acmes(), SampleScans.plain(SONAR), clock.instant());
    TaskArn task = launched(scan, Optional.empty());
    duringRest =
        () -> {
          if (pages.size() == 2) {
            write(scan, task);
          }
        };

    reconciler.turn();

    assertThat(ecs.stopCalls()).isEmpty();
  }

  @Test
  void aStopThatIsRefusedIsToldAndTriedAgain() throws InterruptedException {
    Scan scan = SampleScans.queued(acmes(), SampleScans.plain(SONAR), clock.instant());
    launched(scan, Optional.empty());
    ecs.failNextStops(1);

    reconciler.turn();

    assertThat(ecs.stopCalls()).hasSize(2);
    assertThat(feed.events())
        .extracting(ErrorEvent::code)
        .startsWith(ErrorCode.ECS_UNAVAILABLE, ErrorCode.INTERNAL);
  }

  private Reconciler reconciler(TaskSweep over) {
    return new Reconciler(
        new Reconciler.Parts(
            new Reconciliation(Optional.of(KEY), origin -> reader.read(origin), CLUSTER),
            new InMemoryReconcileTurns(turns),
            over,
            ecs,
            new InMemoryCallPace(pace, clock),
            ledger,
            feed,
            health),
        Reconciler.SECOND_LOOK,
        this::rest,
        new Random(1));
  }

  private void rest(Duration wait) {
    clock.advance(wait);
    rests.add(wait);
    duringRest.run();
  }

  private static Duration turnOf(Reconciler other) {
    try {
      return other.turn();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Scan scan(String id) {
    return Scan.queued(
        key(id),
        SampleScans.plain(SONAR),
        RequestDocument.digest(SampleScans.plain(SONAR)),
        Optional.empty(),
        clock.instant());
  }

  private static ScanKey key(String id) {
    return new ScanKey(Tenant.DEFAULT, new ScanId(id));
  }

  private static ScanKey acmes() {
    return new ScanKey(new Tenant("acme"), new ScanId("scan-1"));
  }

  /** A task that ECS has, of a scan that the ledger does not have. */
  private TaskArn launched(Scan scan) throws InterruptedException {
    return launched(scan, Optional.of(KEY));
  }

  private TaskArn launched(Scan scan, Optional<TokenKey> key) throws InterruptedException {
    ecs.define("scanner:7");
    TaskRequests requests = new TaskRequests(key, RequestDocument::origin);
    Attempt attempt = SampleScans.attempt(clock.instant());
    return ((LaunchOutcome.Started) ecs.launch(requests.of(scan, SONAR, attempt))).task();
  }

  private void write(Scan scan, TaskArn task) {
    try {
      ledger.commit(
          Commit.of(SampleScans.launched(scan, SONAR, task, clock.instant()), clock.instant()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Found.Entry entry(ScanKey key) throws InterruptedException {
    return ledger.load(key).entry();
  }

  private Instant doubtfulBefore() throws InterruptedException {
    return ledger.load(SampleScans.newKey()).doubtfulBefore();
  }
}
