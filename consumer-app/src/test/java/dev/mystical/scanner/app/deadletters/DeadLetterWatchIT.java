package dev.mystical.scanner.app.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.queue.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Two replicas watch the same dead letters at the same time. */
class DeadLetterWatchIT {
  private static final int LETTERS = 25;

  @Test
  void everyDeadLetterIsAFailedScanAndOneError()
      throws InterruptedException, ExecutionException, TimeoutException {
    try (DeadLetterStand.Servers servers = DeadLetterStand.Servers.start();
        DeadLetterStand stand = DeadLetterStand.on(servers)) {
      List<MessageId> dead = new ArrayList<>();
      for (int i = 0; i < LETTERS; i++) {
        dead.add(stand.die(i % 5 == 0 ? "{" : Requests.named("scan-" + i)));
      }

      watchTwice(stand);
      watchTwice(stand);
      stand.watch().take();

      assertThat(stand.errors())
          .extracting(ErrorEntry::event)
          .extracting(event -> event.subject().message().orElseThrow())
          .containsExactlyInAnyOrderElementsOf(dead);
      for (int i = 0; i < LETTERS; i++) {
        String id = i % 5 == 0 ? dead.get(i).value() : "scan-" + i;
        assertThat(stand.ledger().load(Requests.key(id)).entry()).isInstanceOf(Found.Refused.class);
      }
      assertThat(stand.deadLetters().count()).isEqualTo(LETTERS);
    }
  }

  private static void watchTwice(DeadLetterStand stand)
      throws InterruptedException, ExecutionException, TimeoutException {
    CountDownLatch together = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> turns = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        turns.add(
            threads.submit(() -> {
              together.await();
              return stand.watch().take();
            }));
      }
      together.countDown();
      for (Future<?> turn : turns) {
        turn.get(60, TimeUnit.SECONDS);
      }
    }
  }
}
