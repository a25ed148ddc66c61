package dev.mystical.scanner.stand;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A command that a {@link RedisProxy} holds: one, the first that fits. Safe for use by many
 * threads.
 *
 * @param where at which point of it
 * @param wanted which command, by its words as they came
 */
public record RedisHold(
    Where where, Predicate<List<String>> wanted, CountDownLatch reached, CountDownLatch released) {

  /** The points at which a command can be held. */
  public enum Where {
    /** Redis has not seen it, and never does unless it is released. */
    BEFORE,
    /**
     * Redis has carried it out, and its client does not know. An error in place of the answer is
     * passed on, and the next such command held: one that was refused changed nothing.
     */
    ANSWER
  }

  RedisHold(Where where, Predicate<List<String>> wanted) {
    this(where, wanted, new CountDownLatch(1), new CountDownLatch(1));
  }

  /** Waits until a command is held here; throws after {@code limit}. */
  public void awaitReached(Duration limit) throws InterruptedException {
    if (!reached.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("no such command came within " + limit);
    }
  }

  /** Lets the held one go on. */
  public void release() {
    released.countDown();
  }

  void hold() throws InterruptedException {
    reached.countDown();
    released.await();
  }
}
