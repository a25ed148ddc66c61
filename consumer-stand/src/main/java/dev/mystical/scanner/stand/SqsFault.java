package dev.mystical.scanner.stand;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What an {@link SqsProxy} does to one call instead of just passing it on. */
public sealed interface SqsFault {

  /**
   * The call is not carried out; the answer is an AWS error.
   *
   * @param type the error's short name, such as {@code RequestThrottled}
   */
  record Refuse(String type, int httpStatus) implements SqsFault {}

  /** The call is carried out, then the connection is cut in place of the answer. */
  record DropAnswer() implements SqsFault {}

  /** The connection is cut and the call is not carried out. */
  record Cut() implements SqsFault {}

  /**
   * The named entries of a batch (positions from 0) are not carried out and are reported as failed;
   * the others are.
   */
  record FailEntries(Set<Integer> positions, String code, boolean senderFault) implements SqsFault {
    /** Copies the positions. */
    public FailEntries {
      positions = Set.copyOf(positions);
    }
  }

  /**
   * The call is carried out; the answer of a ReceiveMessage has its messages twice, first all of
   * them and then as many again as the call had asked for. Standard queues deliver at least once.
   */
  record Repeat() implements SqsFault {}

  /** The call is passed on after {@code time}. */
  record Delay(Duration time) implements SqsFault {}

  /** The call is carried out and its answer is held back until {@link #release}. */
  record Hold(CountDownLatch reached, CountDownLatch released) implements SqsFault {
    /** A hold that is closed. */
    public Hold() {
      this(new CountDownLatch(1), new CountDownLatch(1));
    }

    /** Waits until a call has been carried out and is being held; false after {@code limit}. */
    public boolean awaitReached(Duration limit) throws InterruptedException {
      return reached.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets the held answer go. */
    public void release() {
      released.countDown();
    }
  }
}
