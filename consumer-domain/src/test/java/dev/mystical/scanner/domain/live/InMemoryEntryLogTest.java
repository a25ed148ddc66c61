package dev.mystical.scanner.domain.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InMemoryEntryLogTest extends EntryLogContract<String> {
  private final MovableClock clock = new MovableClock();
  private final InMemoryEntryLog<String> log = new InMemoryEntryLog<>(clock, 1_000);

  @Override
  protected EntryLog<String> log() {
    return log;
  }

  @Override
  protected String write(String word) {
    String id = log.append(word);
    if (word.equals("2")) {
      clock.advance(Duration.ofMillis(1));
    }
    return id;
  }

  @Override
  protected String word(String value) {
    return value;
  }

  @Test
  void theOldestEntriesAreLost() throws InterruptedException {
    InMemoryEntryLog<String> brief = new InMemoryEntryLog<>(clock, 2);
    List.of("1", "2", "3").forEach(brief::append);

    assertThat(brief.after(EntryLog.START, 10))
        .extracting(Streamed::value)
        .containsExactly("2", "3");
  }

  @Test
  void fiveHundredFollowersAreTold() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(500);
    List<Thread> followers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      followers.add(Thread.ofVirtual().start(() -> follow(told)));
    }

    log.append("news");

    told.await();
    for (Thread follower : followers) {
      follower.interrupt();
      follower.join();
    }
    assertThat(log.followers()).isZero();
  }

  @Test
  void aCallThatIsToFailThrows() throws InterruptedException {
    log.append("1");
    log.failNext(1);

    assertThatThrownBy(() -> log.newest(1)).isInstanceOf(LedgerUnavailable.class);
    assertThat(log.newest(1)).hasSize(1);
  }

  private void follow(CountDownLatch told) {
    try {
      log.follow(EntryLog.START, entry -> told.countDown());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
