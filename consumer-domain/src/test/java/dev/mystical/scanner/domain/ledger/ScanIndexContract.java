package dev.mystical.scanner.domain.ledger;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ScanIndex} promises. The ledger is empty at the start of each test. */
public abstract class ScanIndexContract {
  private static final Tenant ACME = new Tenant("acme");
  private static final Tenant OTHER = new Tenant("acme-2");

  /** So long ago that a store which goes by the age of scans alone would take them for gone. */
  private static final Instant START = Instant.parse("2020-01-02T03:04:05.678Z");

  /** For the adapters' tests. */
  protected ScanIndexContract() {}

  /** The index under test; the same one at every call within a test. */
  protected abstract ScanIndex index();

  /** The ledger whose scans it lists. */
  protected abstract ScanLedger ledger();

  /** Takes a scan out of the ledger behind its back, as time does. */
  protected abstract void lose(ScanKey scan) throws InterruptedException;

  @Test
  void ofNoScansThePageIsEmpty() throws InterruptedException {
    assertThat(index().list(all(10))).isEqualTo(new ScanIndex.Page(List.of(), Optional.empty()));
  }

  @Test
  void theNewestComeFirst() throws InterruptedException {
    List<Scan> scans = begin(ACME, 5);

    assertThat(scans(index().list(all(10)))).isEqualTo(scans.reversed());
    assertThat(index().list(all(10)).next()).isEmpty();
  }

  @Test
  void pagesShowEveryScanOnce() throws InterruptedException {
    List<Scan> scans = begin(ACME, 10);

    for (int limit = 1; limit <= 11; limit++) {
      assertThat(everything(all(limit))).as("limit %d", limit).isEqualTo(scans.reversed());
    }
  }

  @Test
  void pagesShowEveryScanOnceThoughAllAreEquallyOld() throws InterruptedException {
    List<Scan> scans = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Tenant tenant = List.of(ACME, OTHER, Tenant.DEFAULT).get(i % 3);
      scans.add(begin(queued(new ScanKey(tenant, newId()), START)));
    }

    for (int limit : List.of(1, 7, 99, 150, 299, 300)) {
      assertThat(everything(all(limit)))
          .as("limit %d", limit)
          .isSortedAccordingTo(Comparator.comparing(ScanPlace::of))
          .containsExactlyInAnyOrderElementsOf(scans);
    }
    for (int limit : List.of(1, 7, 100)) {
      assertThat(everything(of(ACME, limit)))
          .hasSize(100)
          .allMatch(scan -> scan.key().tenant().equals(ACME));
    }
  }

  @Test
  void newScansDoNotMoveThePagesThatFollow() throws InterruptedException {
    List<Scan> scans = begin(ACME, 6);
    ScanIndex.Page first = index().list(all(3));
    begin(queued(new ScanKey(ACME, newId()), START.plusSeconds(60)));
    // As old as the last one of the page, and before it.
    begin(queued(new ScanKey(ACME, new ScanId("zzz")), scans.get(3).createdAt()));

    ScanIndex.Page second = index().list(Wanted.all(3).from(first.next()).query());

    assertThat(scans(second)).isEqualTo(scans.subList(0, 3).reversed());
  }

  @Test
  void aScanThatIsGoneIsLeftOutAndPagesGoOnFromWhereItStood() throws InterruptedException {
    List<Scan> scans = begin(ACME, 6);
    ScanIndex.Page first = index().list(all(2));
    lose(scans.get(4).key());
    lose(scans.get(2).key());

    assertThat(everything(Wanted.all(2).from(first.next())))
        .containsExactly(scans.get(3), scans.get(1), scans.get(0));
    assertThat(everything(all(2)))
        .containsExactly(scans.get(5), scans.get(3), scans.get(1), scans.get(0));
    assertThat(everything(of(ACME, 2)))
        .containsExactly(scans.get(5), scans.get(3), scans.get(1), scans.get(0));
  }

  @Test
  void aScanThatBeginsAgainIsThereAgain() throws InterruptedException {
    List<Scan> scans = begin(ACME, 2);
    lose(scans.getFirst().key());
    assertThat(scans(index().list(all(10)))).containsExactly(scans.getLast());

    begin(scans.getFirst());

    assertThat(scans(index().list(all(10)))).isEqualTo(scans.reversed());
  }

  @Test
  void aTenantSeesItsOwnScansAlone() throws InterruptedException {
    List<Scan> own = begin(ACME, 3);
    List<Scan> others = begin(OTHER, 3);

    assertThat(everything(of(ACME, 2))).isEqualTo(own.reversed());
    assertThat(everything(of(OTHER, 2))).isEqualTo(others.reversed());
    assertThat(everything(of(new Tenant("nobody"), 2))).isEmpty();
    assertThat(everything(all(2))).hasSize(6);
  }

  @Test
  void whatIsAskedForIsFoundAndNothingElse() throws InterruptedException {
    List<Scan> scans = begin(ACME, 4);
    Scan ended = end(scans.get(1));
    Scan billing = begin(scan(new ScanKey(ACME, newId()), "billing", START.minusSeconds(9)));

    assertThat(everything(Wanted.all(10).status(ScanStatus.FAILED))).containsExactly(ended);
    assertThat(everything(Wanted.all(10).status(ScanStatus.QUEUED)))
        .containsExactly(scans.get(3), scans.get(2), scans.get(0), billing);
    assertThat(everything(Wanted.all(10).project("billing"))).containsExactly(billing);
    assertThat(everything(Wanted.all(10).project("billing").status(ScanStatus.FAILED))).isEmpty();
    assertThat(everything(Wanted.all(10).project("payments").status(ScanStatus.FAILED).of(ACME)))
        .containsExactly(ended);
  }

  @Test
  void aScanIsListedAsItIsNow() throws InterruptedException {
    List<Scan> scans = begin(ACME, 2);
    Scan ended = end(scans.getFirst());

    ScanIndex.Page page = index().list(all(10));

    assertThat(scans(page)).containsExactly(scans.getLast(), ended);
    assertThat(page.scans().getLast()).isEqualTo(ledger().load(ended.key()).entry());
  }

  @Test
  void aRefusedScanIsListedAsFailedAndOfNoProject() throws InterruptedException {
    Found.Refused refused = refuse(new ScanKey(ACME, newId()));
    begin(ACME, 1);

    assertThat(index().list(all(10)).scans()).hasSize(2).endsWith(refused);
    assertThat(index().list(of(ACME, 10)).scans()).hasSize(2).endsWith(refused);
    assertThat(index().list(of(OTHER, 10)).scans()).isEmpty();
    assertThat(index().list(Wanted.all(10).status(ScanStatus.FAILED).query()).scans())
        .containsExactly(refused);
    assertThat(index().list(Wanted.all(10).status(ScanStatus.QUEUED).query()).scans()).hasSize(1);
    assertThat(index().list(Wanted.all(10).project("payments").query()).scans()).hasSize(1);
  }

  @Test
  void aReopenedScanIsListedNoMoreUntilItBegins() throws InterruptedException {
    ScanKey key = new ScanKey(ACME, newId());
    refuse(key);
    ledger().reopen(key);
    assertThat(index().list(all(10)).scans()).isEmpty();

    Scan scan = begin(queued(key, START.plusSeconds(5)));

    assertThat(scans(index().list(all(10)))).containsExactly(scan);
    assertThat(scans(index().list(of(ACME, 10)))).containsExactly(scan);
  }

  @Test
  void aRefusalOfAKeyThatIsTakenChangesNothing() throws InterruptedException {
    Scan scan = begin(ACME, 1).getFirst();
    refuse(scan.key());

    assertThat(everything(all(1))).containsExactly(scan);
  }

  @Test
  void whatNoPageToldIsNoCursor() throws InterruptedException {
    begin(ACME, 3);
    String told = index().list(of(ACME, 1)).next().orElseThrow();

    for (String cursor :
        List.of("", "x", told + "A", told.substring(1), told + "=", "a".repeat(1_000))) {
      assertThatThrownBy(() -> index().list(Wanted.all(10).from(Optional.of(cursor)).query()))
          .as(cursor)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> index().list(Wanted.all(10).of(OTHER).from(Optional.of(told)).query()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlySoManyScansAreLookedThroughForAPage() throws InterruptedException {
    Scan rare = begin(scan(new ScanKey(ACME, newId()), "billing", START.minusSeconds(9)));
    begin(ACME, 1_100);

    ScanIndex.Page first = index().list(Wanted.all(10).project("billing").query());

    assertThat(first.scans()).isEmpty();
    assertThat(first.next()).isPresent();
    assertThat(everything(Wanted.all(10).project("billing"))).containsExactly(rare);
    assertThat(everything(Wanted.all(5_000))).hasSize(1_101);
  }

  @Test
  void everyScanIsListedWhoeverWrites() throws ExecutionException, InterruptedException {
    List<Scan> scans = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Scan>> writers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Instant created = START.plusMillis(i % 7);
        Tenant tenant = i % 2 == 0 ? ACME : OTHER;
        writers.add(
            threads.submit(() -> {
              Scan scan = begin(queued(new ScanKey(tenant, newId()), created));
              return created.equals(START) ? end(scan) : scan;
            }));
      }
      for (Future<Scan> writer : writers) {
        scans.add(writer.get());
      }
    }

    scans.sort(Comparator.comparing(ScanPlace::of));
    assertThat(everything(all(50))).isEqualTo(scans);
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> index().list(all(1))).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  /** Begins scans of the sample project, each 10 ms after the one before. */
  protected final List<Scan> begin(Tenant tenant, int count) throws InterruptedException {
    List<Scan> scans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scans.add(begin(queued(new ScanKey(tenant, newId()), START.plusMillis(10L * i))));
    }
    return scans;
  }

  protected final Scan begin(Scan scan) throws InterruptedException {
    assertThat(ledger().commit(Commit.of(scan, START))).isInstanceOf(CommitResult.Committed.class);
    return scan;
  }

  /** Fails its only run. */
  protected final Scan end(Scan scan) throws InterruptedException {
    Found.Versioned before = (Found.Versioned) ledger().load(scan.key()).entry();
    Scan ended = SampleScans.failed(before.scan(), SONAR, ErrorCode.TASK_FAILED, START);
    ledger().commit(Commit.of(before, ended, START));
    return ended;
  }

  protected final Found.Refused refuse(ScanKey key) throws InterruptedException {
    RefusedScan scan =
        new RefusedScan(
            key, new ScanError(ErrorCode.MESSAGE_INVALID, "no", false), START.minusSeconds(1));
    ErrorEvent why =
        ErrorEvent.error(ErrorCode.MESSAGE_INVALID, Stage.DECODE, Subject.of(key), "no request");
    ledger().settle(new MessageId(UUID.randomUUID().toString()), Optional.of(scan), why);
    return new Found.Refused(scan);
  }

  /** All pages of a list, one after the other. */
  private List<Scan> everything(Wanted wanted) throws InterruptedException {
    return everything(wanted.query());
  }

  protected final List<Scan> everything(ScanIndex.Query query) throws InterruptedException {
    List<Scan> scans = new ArrayList<>();
    ScanIndex.Query next = query;
    while (true) {
      ScanIndex.Page page = index().list(next);
      assertThat(page.scans()).hasSizeLessThanOrEqualTo(query.limit());
      scans.addAll(scans(page));
      if (page.next().isEmpty()) {
        return scans;
      }
      next =
          new ScanIndex.Query(
              query.tenant(), query.status(), query.project(), query.limit(), page.next());
    }
  }

  private static List<Scan> scans(ScanIndex.Page page) {
    return page.scans().stream().map(entry -> ((Found.Versioned) entry).scan()).toList();
  }

  protected static ScanIndex.Query all(int limit) {
    return Wanted.all(limit).query();
  }

  protected static ScanIndex.Query of(Tenant tenant, int limit) {
    return Wanted.all(limit).of(tenant).query();
  }

  private static ScanId newId() {
    return SampleScans.newKey().id();
  }

  protected static Scan queued(ScanKey key, Instant created) {
    return scan(key, "payments", created);
  }

  private static Scan scan(ScanKey key, String project, Instant created) {
    ScanRequest plain = SampleScans.plain(SONAR);
    ScanRequest request =
        new ScanRequest(
            new Project(project, Optional.empty()),
            plain.target(),
            plain.providers(),
            plain.failOn(),
            plain.timeout(),
            plain.callback(),
            plain.tags());
    return SampleScans.queued(key, request, created);
  }
}
