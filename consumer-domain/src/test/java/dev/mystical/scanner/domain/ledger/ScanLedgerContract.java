package dev.mystical.scanner.domain.ledger;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ScanLedger} promises. Keys and message ids are new in each test. */
public abstract class ScanLedgerContract extends LedgerReadsContract {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final TaskArn TASK = new TaskArn("arn:aws:ecs:eu-west-1:1:task/scans/0a1b");

  private final ScanKey key = SampleScans.newKey();
  private final MessageId message = new MessageId(UUID.randomUUID().toString());
  private final Scan queued = SampleScans.queued(key, SampleScans.full(), CREATED);

  /** For the adapters' tests. */
  protected ScanLedgerContract() {}

  /** The CloudEvents types of what was written about that scan, in order. */
  protected abstract List<String> events(ScanKey scan);

  /** The runs of that scan that have a timer. */
  protected abstract Set<ProviderId> timers(ScanKey scan);

  /** The tasks that are watched for that scan, each with its run. */
  protected abstract Map<TaskArn, ProviderId> tasks(ScanKey scan);

  /** The ids of the webhooks that are to tell of that scan, in order. */
  protected abstract List<String> outbox(ScanKey scan);

  /** The codes of the errors in the feed that concern that scan, in order. */
  protected abstract List<ErrorCode> errors(ScanKey scan);

  @Test
  void whatWasNeverWrittenIsAbsent() throws InterruptedException {
    assertThat(ledger().load(key).entry()).isEqualTo(new Found.Absent());
  }

  @Test
  void aQueuedScanComesBackAsItWasWritten() throws InterruptedException {
    CommitResult.Committed written = begin(queued);

    assertThat(ledger().load(key).entry())
        .isEqualTo(new Found.Versioned(queued, written.version()));
  }

  @Test
  void everyStateComesBackAsItWasWritten() throws InterruptedException {
    Scan launching =
        queued.with(SONAR, run -> run.launching(SampleScans.attempt(CREATED)), CREATED);
    Scan blocked = launching.with(SONAR, run -> run.blocked(CREATED), CREATED);
    Scan launched = blocked.with(SONAR, run -> run.launched(TASK, CREATED), CREATED);
    Scan failed = SampleScans.failed(launched, MYSTICAL, ErrorCode.ECS_CONFIG, CREATED);
    Scan ended = SampleScans.failed(failed, SONAR, ErrorCode.TASK_FAILED, CREATED);

    long version = begin(queued).version();
    for (Scan state : List.of(launching, blocked, launched, failed, ended)) {
      version = replace(version, state);
      assertThat(ledger().load(key).entry()).isEqualTo(new Found.Versioned(state, version));
    }
  }

  @Test
  void aPlainScanComesBackAsItWasWritten() throws InterruptedException {
    Scan plain = Scan.queued(key, SampleScans.plain(SONAR), "digest", Optional.empty(), CREATED);
    begin(plain);

    assertThat(load().scan()).isEqualTo(plain);
  }

  @Test
  void theLedgersTimeNeverGoesBack() throws InterruptedException {
    Instant before = ledger().load(key).now();
    Instant written = begin(queued).now();
    Instant after = ledger().load(key).now();

    assertThat(before).isBeforeOrEqualTo(written);
    assertThat(written).isBeforeOrEqualTo(after);
  }

  @Test
  void everyCommitMakesAnotherVersion() throws InterruptedException {
    long first = begin(queued).version();
    long second = replace(first, launched());

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void aScanBeginsOnce() throws InterruptedException {
    begin(queued);
    Scan other = SampleScans.queued(key, SampleScans.plain(SONAR), CREATED);

    assertThat(standing(Commit.of(other, CREATED))).isEqualTo(load());
    assertThat(load().scan()).isEqualTo(queued);
  }

  @Test
  void aStaleWriterChangesNothing() throws InterruptedException {
    begin(queued);
    Found.Versioned old = load();
    replace(old.version(), launched());
    Found.Versioned standing = load();
    List<String> told = events(key);
    Scan ended = ended(queued);

    assertThat(standing(Commit.of(old, ended, CREATED))).isEqualTo(standing);

    assertThat(load()).isEqualTo(standing);
    assertThat(events(key)).isEqualTo(told);
    assertThat(timers(key)).containsExactlyInAnyOrder(SONAR, MYSTICAL);
    assertThat(tasks(key)).containsOnlyKeys(TASK);
    assertThat(outbox(key)).isEmpty();
    assertThat(errors(key)).isEmpty();
  }

  @Test
  void aRepeatOfAWrittenCommitIsStale() throws InterruptedException {
    begin(queued);
    Commit commit = Commit.of(load(), launched(), CREATED);
    ledger().commit(commit);

    assertThat(standing(commit)).isEqualTo(load());
    assertThat(events(key)).doesNotHaveDuplicates();
  }

  @Test
  void aVersionOfAScanThatIsNotThereIsStale() throws InterruptedException {
    Commit commit = Commit.of(new Found.Versioned(queued, 1), launched(), CREATED);

    assertThat(standing(commit)).isEqualTo(new Found.Absent());
    assertThat(ledger().load(key).entry()).isEqualTo(new Found.Absent());
    assertThat(events(key)).isEmpty();
  }

  @Test
  void oneOfManyWritersBeginsAScan() throws ExecutionException, InterruptedException {
    List<CommitResult> results = race(() -> ledger().commit(Commit.of(queued, CREATED)));

    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
    assertThat(events(key)).containsExactly("dev.mystical.scanner.scan.queued");
  }

  @Test
  void oneOfManyWritersReplacesAVersion() throws ExecutionException, InterruptedException {
    begin(queued);
    Found.Versioned before = load();
    Commit commit = Commit.of(before, launched(), CREATED);

    List<CommitResult> results = race(() -> ledger().commit(commit));

    assertThat(results).filteredOn(CommitResult.Committed.class::isInstance).hasSize(1);
  }

  @Test
  void tenantsHaveTheirOwnScans() throws InterruptedException {
    begin(queued);
    ScanKey other = new ScanKey(new Tenant("other"), key.id());

    assertThat(ledger().load(other).entry()).isEqualTo(new Found.Absent());
    begin(SampleScans.queued(other, SampleScans.plain(MYSTICAL), CREATED));
    assertThat(load().scan()).isEqualTo(queued);
  }

  @Test
  void aCommitWritesItsEventsInOrder() throws InterruptedException {
    begin(queued);
    replace(load().version(), launched());

    assertThat(events(key))
        .containsExactly(
            "dev.mystical.scanner.scan.queued",
            "dev.mystical.scanner.scan.running",
            "dev.mystical.scanner.run.launched");
  }

  @Test
  void aRunHasATimerUntilNothingOfItCanRun() throws InterruptedException {
    begin(queued);
    assertThat(timers(key)).containsExactlyInAnyOrder(SONAR, MYSTICAL);
    replace(load().version(), SampleScans.failed(queued, MYSTICAL, ErrorCode.ECS_CONFIG, CREATED));
    assertThat(timers(key)).containsExactly(SONAR);
    Scan ended = ended(launched());
    replace(load().version(), ended);
    assertThat(timers(key)).containsExactly(SONAR);
    replace(load().version(), stopped(ended));
    assertThat(timers(key)).isEmpty();
  }

  @Test
  void aTaskIsKnownFromItsLaunchUntilItHasStopped() throws InterruptedException {
    begin(queued);
    assertThat(tasks(key)).isEmpty();
    replace(load().version(), launched());
    assertThat(tasks(key)).isEqualTo(Map.of(TASK, SONAR));
    Scan ended = ended(launched());
    replace(load().version(), ended);
    assertThat(tasks(key)).isEqualTo(Map.of(TASK, SONAR));
    replace(load().version(), stopped(ended));
    assertThat(tasks(key)).isEmpty();
  }

  @Test
  void theEndIsToldOnceWithItsErrors() throws InterruptedException {
    begin(queued);
    replace(load().version(), ended(queued));

    assertThat(outbox(key)).hasSize(1).allMatch(id -> id.startsWith("msg_"));
    assertThat(errors(key)).containsExactly(ErrorCode.TASK_FAILED, ErrorCode.ECS_CONFIG);
    assertThat(events(key)).last().isEqualTo("dev.mystical.scanner.scan.ended");
  }

  @Test
  void moreErrorsOfACommitAreToldWithIt() throws InterruptedException {
    begin(queued);
    ErrorEvent more =
        ErrorEvent.warn(ErrorCode.ECS_CAPACITY, Stage.LAUNCH, Subject.of(key), "no room");
    ledger().commit(Commit.of(load(), launched(), CREATED).withErrors(List.of(more)));

    assertThat(errors(key)).containsExactly(ErrorCode.ECS_CAPACITY);
  }

  @Test
  void aMessageIsSettledFromItsSettlingOn() throws InterruptedException {
    assertThat(ledger().settled(message)).isFalse();
    ledger().settle(message, Optional.empty(), why());
    assertThat(ledger().settled(message)).isTrue();
    assertThat(ledger().load(key).entry()).isEqualTo(new Found.Absent());
  }

  @Test
  void settlingWritesTheRefusedScanAndItsError() throws InterruptedException {
    ledger().settle(message, Optional.of(refused("first")), why());

    assertThat(ledger().load(key).entry()).isEqualTo(new Found.Refused(refused("first")));
    assertThat(errors(key)).containsExactly(ErrorCode.MESSAGE_INVALID);
  }

  @Test
  void settlingAgainDoesNothing() throws InterruptedException {
    ledger().settle(message, Optional.empty(), why());
    ledger().settle(message, Optional.of(refused("second")), why());

    assertThat(ledger().load(key).entry()).isEqualTo(new Found.Absent());
    assertThat(errors(key)).hasSize(1);
  }

  @Test
  void aRefusedScanNeverTakesTheKeyOfAScan() throws InterruptedException {
    begin(queued);
    ledger().settle(message, Optional.of(refused("late")), why());

    assertThat(load().scan()).isEqualTo(queued);
    assertThat(ledger().settled(message)).isTrue();
  }

  @Test
  void theFirstRefusalOfAKeyStands() throws InterruptedException {
    ledger().settle(message, Optional.of(refused("first")), why());
    MessageId second = new MessageId(UUID.randomUUID().toString());
    ledger().settle(second, Optional.of(refused("second")), why());

    assertThat(ledger().load(key).entry()).isEqualTo(new Found.Refused(refused("first")));
    assertThat(ledger().settled(second)).isTrue();
  }

  @Test
  void noScanBeginsUnderTheKeyOfARefusedOne() throws InterruptedException {
    ledger().settle(message, Optional.of(refused("first")), why());

    assertThat(standing(Commit.of(queued, CREATED))).isEqualTo(new Found.Refused(refused("first")));
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    ScanLedger ledger = ledger();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> ledger.load(key)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private CommitResult.Committed begin(Scan scan) throws InterruptedException {
    CommitResult result = ledger().commit(Commit.of(scan, CREATED));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return (CommitResult.Committed) result;
  }

  private long replace(long version, Scan after) throws InterruptedException {
    Found.Versioned before = load();
    assertThat(before.version()).isEqualTo(version);
    CommitResult result = ledger().commit(Commit.of(before, after, CREATED));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return ((CommitResult.Committed) result).version();
  }

  /** What was in the way of a commit. */
  private Found.Entry standing(Commit commit) throws InterruptedException {
    CommitResult result = ledger().commit(commit);
    assertThat(result).isInstanceOf(CommitResult.Stale.class);
    return ((CommitResult.Stale) result).current().entry();
  }

  private Found.Versioned load() throws InterruptedException {
    return (Found.Versioned) ledger().load(key).entry();
  }

  private Scan launched() {
    return SampleScans.launched(queued, SONAR, TASK, CREATED);
  }

  private static Scan ended(Scan scan) {
    Scan half = SampleScans.failed(scan, SONAR, ErrorCode.TASK_FAILED, CREATED);
    return SampleScans.failed(half, MYSTICAL, ErrorCode.ECS_CONFIG, CREATED);
  }

  private static Scan stopped(Scan scan) {
    return scan.noting(SONAR, 1, attempt -> attempt.ended(TaskEnd.unseen(CREATED)));
  }

  private RefusedScan refused(String message) {
    return new RefusedScan(key, new ScanError(ErrorCode.MESSAGE_INVALID, message, false), CREATED);
  }

  private ErrorEvent why() {
    return ErrorEvent.error(
        ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(message).scan(key), "no request");
  }

  private static <T> List<T> race(Callable<T> call)
      throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(Collections.nCopies(8, call))) {
        results.add(future.get());
      }
      return results;
    }
  }
}
