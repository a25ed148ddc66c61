package dev.mystical.scanner.app.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the process is about to stop; every wait of a worker ends when it is. */
public final class Stopping implements StopSignal {
  private final CountDownLatch asked = new CountDownLatch(1);

  public void ask() {
    asked.countDown();
  }

  @Override
  public boolean asked() {
    return asked.getCount() == 0;
  }

  @Override
  public boolean within(Duration wait) throws InterruptedException {
    return asked.await(Math.max(wait.toNanos(), 0), TimeUnit.NANOSECONDS);
  }
}
