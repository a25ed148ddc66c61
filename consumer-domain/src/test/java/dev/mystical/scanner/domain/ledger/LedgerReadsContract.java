package dev.mystical.scanner.domain.ledger;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link ScanLedger} promises of what it finds, and of what it may have lost. */
public abstract class LedgerReadsContract {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678Z");

  private final ScanKey key = SampleScans.newKey();
  private final MessageId message = new MessageId(UUID.randomUUID().toString());
  private final Scan queued = SampleScans.queued(key, SampleScans.full(), CREATED);
  private final Scan other =
      SampleScans.queued(SampleScans.newKey(), SampleScans.plain(SONAR), CREATED);

  LedgerReadsContract() {}

  /** The ledger under test; the same store at every call within a test. */
  protected abstract ScanLedger ledger() throws InterruptedException;

  /** Loses everything. */
  protected abstract void lose() throws InterruptedException;

  /** Notes that all that was launched before the ledger's birth is rebuilt. */
  protected abstract void reconcile() throws InterruptedException;

  @Test
  void manyScansAreLoadedAtOnce() throws InterruptedException {
    begin(queued);
    ScanKey refused = SampleScans.newKey();
    ScanKey absent = SampleScans.newKey();
    RefusedScan scan =
        new RefusedScan(refused, new ScanError(ErrorCode.MESSAGE_INVALID, "no", false), CREATED);
    ledger().settle(message, Optional.of(scan), why());

    Map<ScanKey, Found> found = ledger().loadAll(List.of(key, refused, absent, key));

    assertThat(found).containsOnlyKeys(key, refused, absent);
    for (Map.Entry<ScanKey, Found> each : found.entrySet()) {
      assertThat(each.getValue().entry()).isEqualTo(entry(each.getKey()));
    }
    assertThat(entry(refused)).isEqualTo(new Found.Refused(scan));
  }

  @Test
  void moreScansThanOneCallTakesAreLoaded() throws InterruptedException {
    List<ScanKey> keys = new ArrayList<>();
    for (int i = 0; i < 201; i++) {
      keys.add(SampleScans.newKey());
    }
    ScanKey last = keys.getLast();
    begin(SampleScans.queued(last, SampleScans.plain(SONAR), CREATED));

    Map<ScanKey, Found> found = ledger().loadAll(keys);

    assertThat(found).containsOnlyKeys(keys);
    assertThat(found.values()).filteredOn(it -> it.entry() instanceof Found.Versioned).hasSize(1);
  }

  @Test
  void ofNoKeysNothingIsLoaded() throws InterruptedException {
    assertThat(ledger().loadAll(List.of())).isEmpty();
  }

  @Test
  void aScanBeginsUnderTheKeyOfARefusedOneThatWasReopened() throws InterruptedException {
    ledger().settle(message, Optional.of(refused("first")), why());

    assertThat(ledger().reopen(key)).isTrue();
    assertThat(ledger().reopen(key)).isFalse();

    assertThat(entry(key)).isEqualTo(new Found.Absent());
    assertThat(ledger().settled(message)).isTrue();
    begin(queued);
    assertThat(entry(key)).isInstanceOf(Found.Versioned.class);
  }

  @Test
  void aScanThatWasNotRefusedIsNotReopened() throws InterruptedException {
    assertThat(ledger().reopen(key)).isFalse();
    begin(queued);
    Found.Entry before = entry(key);

    assertThat(ledger().reopen(key)).isFalse();
    assertThat(entry(key)).isEqualTo(before);
  }

  @Test
  void aLedgerThatHasLostAllMayLackWhateverWasAskedForUntilNow() throws InterruptedException {
    lose();

    Found found = ledger().load(key);
    Found later = loadAll(key);

    assertThat(found.doubtfulBefore()).isEqualTo(found.now());
    assertThat(later.doubtfulBefore()).isEqualTo(later.now());
  }

  @Test
  void whatWasAskedForBeforeTheLedgersBirthStaysInDoubt() throws InterruptedException {
    lose();
    Instant birth = begin(queued).now();
    begin(other);

    assertThat(ledger().load(SampleScans.newKey()).doubtfulBefore()).isEqualTo(birth);
    assertThat(loadAll(key).doubtfulBefore()).isEqualTo(birth);
  }

  @Test
  void aSettledMessageIsABirthToo() throws InterruptedException {
    lose();
    ledger().settle(message, Optional.empty(), why());
    Found first = ledger().load(key);
    begin(queued);

    assertThat(first.doubtfulBefore()).isBeforeOrEqualTo(first.now());
    assertThat(ledger().load(key).doubtfulBefore()).isEqualTo(first.doubtfulBefore());
  }

  @Test
  void nothingIsInDoubtOnceItIsReconciled() throws InterruptedException {
    lose();
    begin(queued);
    reconcile();

    assertThat(ledger().load(key).doubtfulBefore()).isEqualTo(Instant.EPOCH);
    lose();
    assertThat(ledger().load(key).doubtfulBefore()).isAfter(Instant.EPOCH);
  }

  @Test
  void noScanBeginsThatMayHaveBegunBeforeALoss() throws InterruptedException {
    lose();
    Instant birth = begin(other).now();
    Commit doubtful = Commit.of(queued, queued, birth.minusMillis(1), CREATED);

    assertThat(ledger().commit(doubtful))
        .isInstanceOfSatisfying(
            CommitResult.Stale.class,
            stale -> {
              assertThat(stale.current().entry()).isEqualTo(new Found.Absent());
              assertThat(stale.current().doubtfulBefore()).isEqualTo(birth);
            });
    assertThat(entry(key)).isEqualTo(new Found.Absent());

    reconcile();
    assertThat(ledger().commit(doubtful)).isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void aLedgerThatIsNotBornBeginsNothingOfBefore() throws InterruptedException {
    lose();
    Instant now = ledger().load(key).now();
    Commit doubtful = Commit.of(queued, queued, now.minusMillis(1), CREATED);

    assertThat(ledger().commit(doubtful)).isInstanceOf(CommitResult.Stale.class);
    assertThat(entry(key)).isEqualTo(new Found.Absent());
  }

  @Test
  void whatIsAskedForSinceTheBirthBegins() throws InterruptedException {
    lose();
    Instant birth = begin(other).now();

    assertThat(ledger().commit(Commit.of(queued, queued, birth, CREATED)))
        .isInstanceOf(CommitResult.Committed.class);
  }

  private CommitResult.Committed begin(Scan scan) throws InterruptedException {
    CommitResult result = ledger().commit(Commit.of(scan, CREATED));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return (CommitResult.Committed) result;
  }

  private Found.Entry entry(ScanKey scan) throws InterruptedException {
    return ledger().load(scan).entry();
  }

  private Found loadAll(ScanKey scan) throws InterruptedException {
    return List.copyOf(ledger().loadAll(List.of(scan)).values()).getFirst();
  }

  private RefusedScan refused(String why) {
    return new RefusedScan(key, new ScanError(ErrorCode.MESSAGE_INVALID, why, false), CREATED);
  }

  private ErrorEvent why() {
    return ErrorEvent.error(
        ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(message).scan(key), "no request");
  }
}
