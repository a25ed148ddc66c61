package dev.mystical.scanner.app.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Duration LONGEST = Duration.ofSeconds(40);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock();
  private final AtomicInteger turns = new AtomicInteger();
  private final Semaphore turned = new Semaphore(0);
  private final AtomicReference<Loop> self = new AtomicReference<>();

  @Test
  void survivesWhateverATurnThrowsAndGoesOn() throws InterruptedException {
    Loop loop =
        loop(() -> {
          self.get().wake();
          return switch (turns.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("a bug");
            case 2 -> throw new OutOfMemoryError("a simulated one");
            case 3 -> throw new StackOverflowError("a simulated one");
            default -> {
              turned.release();
              yield Duration.ofHours(1);
            }
          };
        });

    await(1);

    assertThat(loop.stop(PATIENCE)).isTrue();
    assertThat(turns.get()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void anInterruptThatNobodyMeantEndsNothing() throws InterruptedException {
    Loop loop =
        loop(() -> {
          self.get().wake();
          if (turns.incrementAndGet() == 1) {
            throw new InterruptedException("a stray one");
          }
          turned.release();
          return Duration.ofHours(1);
        });

    await(1);

    assertThat(loop.stop(PATIENCE)).isTrue();
  }

  @Test
  void waitsAfterAFailureAndLongerAfterMore() throws InterruptedException {
    Loop loop =
        loop(() -> {
          if (turns.incrementAndGet() < 8) {
            self.get().wake();
          }
          turned.release();
          throw new IllegalStateException("still a bug");
        });

    await(8);

    // By now it waits for fifteen seconds at least; without that it would turn a thousand times.
    assertThat(turned.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(loop.turning()).isTrue();
    assertThat(loop.stop(PATIENCE)).isTrue();
    assertThat(turns).hasValue(8);
  }

  @Test
  void aWakeEndsTheWait() throws InterruptedException {
    Loop loop = loop(this::turnThenHours);
    await(1);

    loop.wake();
    await(1);

    assertThat(loop.stop(PATIENCE)).isTrue();
    assertThat(turns).hasValue(2);
  }

  @Test
  void aWakeDuringATurnIsNotForgotten() throws InterruptedException {
    Loop loop =
        loop(() -> {
          if (turns.incrementAndGet() == 1) {
            self.get().wake();
            self.get().wake();
          }
          turned.release();
          return Duration.ofHours(1);
        });

    await(2);

    assertThat(loop.stop(PATIENCE)).isTrue();
    assertThat(turns).hasValue(2);
  }

  @Test
  void showsWhenATurnTakesTooLong() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Loop loop =
        loop(() -> {
          turned.release();
          end.await();
          return Duration.ofHours(1);
        });
    await(1);

    clock.advance(LONGEST);
    assertThat(loop.turning()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(loop.turning()).isFalse();

    assertThat(loop.stop(PATIENCE)).isTrue();
  }

  @Test
  void showsThatItHasEnded() throws InterruptedException {
    Loop loop = loop(this::turnThenHours);
    await(1);
    assertThat(loop.stop(PATIENCE)).isTrue();

    clock.advance(Duration.ofHours(2));

    assertThat(loop.turning()).isFalse();
  }

  @Test
  void aTurnThatIgnoresItsInterruptIsReported() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Loop loop =
        loop(() -> {
          turned.release();
          boolean ended = false;
          while (!ended) {
            try {
              end.await();
              ended = true;
            } catch (InterruptedException ignored) {
              turns.incrementAndGet();
            }
          }
          throw new InterruptedException();
        });
    await(1);

    assertThat(loop.stop(Duration.ofMillis(1))).isFalse();
    end.countDown();
    assertThat(loop.stop(PATIENCE)).isTrue();
  }

  @Test
  void aLoopThatNeverStartedIsStopped() throws InterruptedException {
    Loop loop = new Loop("idle", () -> Duration.ZERO, LONGEST, clock, new Random(1));

    assertThat(loop.stop(Duration.ZERO)).isTrue();
    assertThat(loop.name()).isEqualTo("idle");
  }

  private Duration turnThenHours() {
    turns.incrementAndGet();
    turned.release();
    return Duration.ofHours(1);
  }

  private Loop loop(Loop.Turn turn) {
    Loop loop = new Loop("tested", turn, LONGEST, clock, new Random(1));
    self.set(loop);
    return loop.start();
  }

  private void await(int count) throws InterruptedException {
    assertThat(turned.tryAcquire(count, PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }
}
