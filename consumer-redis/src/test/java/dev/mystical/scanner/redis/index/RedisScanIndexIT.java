package dev.mystical.scanner.redis.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanIndex;
import dev.mystical.scanner.domain.ledger.ScanIndexContract;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.ledger.Wanted;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.redis.TestRedis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisScanIndexIT extends ScanIndexContract {
  private static final Tenant ACME = new Tenant("acme");
  private static final Tenant QUIET = new Tenant("quiet");
  private static TestRedis redis;

  @BeforeAll
  static void start() throws InterruptedException {
    redis = TestRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @AfterEach
  void forget() throws InterruptedException {
    redis.connection().ask(it -> it.flushAll());
  }

  @Override
  protected ScanIndex index() {
    return new RedisScanIndex(redis.connection(), redis.keys(), redis.ledger());
  }

  @Override
  protected ScanLedger ledger() {
    return redis.ledger();
  }

  @Override
  protected void lose(ScanKey scan) throws InterruptedException {
    redis.connection().ask(it -> it.del(redis.keys().scan(scan)));
  }

  @Test
  void namesOfGoneScansAreRemovedWhenTheyAreMet() throws InterruptedException {
    List<Scan> scans = begin(ACME, 3);
    lose(scans.get(1).key());

    index().list(all(10));

    assertThat(names(redis.keys().scans())).hasSize(2);
    assertThat(names(redis.keys().scans(ACME))).hasSize(2);
  }

  @Test
  void commitsRemoveTheNamesOfOldScansThatAreGoneAndNoOther() throws InterruptedException {
    List<Scan> living = begin(ACME, 20);
    List<Scan> gone = new ArrayList<>(begin(ACME, 20));
    gone.addAll(begin(QUIET, 20));
    for (Scan scan : gone) {
      lose(scan.key());
    }
    Instant recent = Instant.ofEpochMilli(redis.micros() / 1_000);
    int commits = 0;
    while (names(redis.keys().scans()).size() > living.size() + commits) {
      // A recent scan is not looked at, so each commit adds one name for good.
      begin(queued(new ScanKey(ACME, SampleScans.newKey().id()), recent));
      commits++;
      assertThat(commits).as("commits until all names of gone scans are removed").isLessThan(2_000);
    }

    assertThat(names(redis.keys().scans(QUIET))).isEmpty();
    assertThat(everything(Wanted.all(1_000).of(ACME).query()))
        .hasSize(living.size() + commits)
        .containsAll(living);
  }

  @Test
  void namesOfScansThatAreNotOldEnoughStayUntilTheyAreMet() throws InterruptedException {
    Instant recent = Instant.ofEpochMilli(redis.micros() / 1_000);
    Scan gone = begin(queued(new ScanKey(ACME, SampleScans.newKey().id()), recent));
    lose(gone.key());
    for (int i = 0; i < 50; i++) {
      begin(queued(new ScanKey(ACME, SampleScans.newKey().id()), recent));
    }

    assertThat(names(redis.keys().scans())).hasSize(51);
  }

  @Test
  void aScanIsListedAgainFromItsNextCommitOnIfTheIndexIsLost() throws InterruptedException {
    Scan scan = begin(ACME, 1).getFirst();
    redis.connection().ask(it -> it.del(redis.keys().scans(), redis.keys().scans(ACME)));
    assertThat(index().list(all(10)).scans()).isEmpty();

    Scan ended = end(scan);

    assertThat(everything(all(10))).containsExactly(ended);
    assertThat(everything(of(ACME, 10))).containsExactly(ended);
  }

  @Test
  void aReopenedScanLeavesNoName() throws InterruptedException {
    ScanKey key = new ScanKey(ACME, SampleScans.newKey().id());
    refuse(key);
    assertThat(names(redis.keys().scans())).hasSize(1);

    ledger().reopen(key);

    assertThat(names(redis.keys().scans())).isEmpty();
    assertThat(names(redis.keys().scans(ACME))).isEmpty();
  }

  @Test
  void namesThatAreNoneAreRemovedAndStopNothing() throws InterruptedException {
    List<Scan> scans = begin(ACME, 2);
    for (String name : List.of("none", "/", "UPPER/id", "acme/", "acme/x/y", "acme/é")) {
      redis.connection().ask(it -> it.zadd(redis.keys().scans(), 9e12, name));
    }
    redis.connection().ask(it -> it.zadd(redis.keys().scans(ACME), 9e12, "x/y"));

    assertThat(everything(all(1))).isEqualTo(scans.reversed());
    assertThat(everything(of(ACME, 1))).isEqualTo(scans.reversed());
    assertThat(names(redis.keys().scans())).hasSize(2);
  }

  @Test
  void aScanThatCannotBeReadIsLeftOutAndStaysListed() throws InterruptedException {
    List<Scan> scans = begin(ACME, 2);
    String key = redis.keys().scan(scans.getFirst().key());
    redis.connection().ask(it -> it.set(key, "1 {\"v\":99}"));

    assertThat(everything(all(10))).containsExactly(scans.getLast());
    assertThat(names(redis.keys().scans())).hasSize(2);
  }

  @Test
  void anIndexOfAnotherKindIsFoundBeforeAnythingIsWritten() throws InterruptedException {
    Scan scan = begin(ACME, 1).getFirst();
    Found.Versioned before = (Found.Versioned) ledger().load(scan.key()).entry();
    for (String key : List.of(redis.keys().scans(), redis.keys().scans(ACME))) {
      redis.connection().ask(it -> it.rename(key, "aside"));
      redis.connection().ask(it -> it.set(key, "no set"));

      assertThat(refusedBy(before)).contains("WRONGTYPE");
      assertThat(ledger().load(scan.key()).entry()).isEqualTo(before);
      redis.connection().ask(it -> it.rename("aside", key));
    }
  }

  /** Beside a document of kilobytes. */
  @Test
  void aNameTakesFewBytes() throws InterruptedException {
    begin(ACME, 1_000);
    long bytes =
        redis.number(it -> it.memoryUsage(redis.keys().scans()))
            + redis.number(it -> it.memoryUsage(redis.keys().scans(ACME)));

    assertThat(bytes / 1_000).isLessThan(400);
  }

  private String refusedBy(Found.Versioned before) throws InterruptedException {
    try {
      Scan after = before.scan().cancelled(before.scan().createdAt());
      ledger().commit(Commit.of(before, after, before.scan().createdAt()));
      return "nothing";
    } catch (LedgerUnavailable e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<String> names(String index) throws InterruptedException {
    return redis.connection().ask(it -> it.zrange(index, 0, -1));
  }
}
