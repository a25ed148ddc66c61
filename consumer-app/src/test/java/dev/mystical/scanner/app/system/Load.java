package dev.mystical.scanner.app.system;

import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests all the time, some twenty a second, until it is stopped. */
final class Load implements AutoCloseable {
  static final String REQUEST =
      """
      {"project": {"key": "payments"},
       "target": {"type": "git", "url": "https://git.example.com/acme/payments.git"},
       "providers": ["sonar"]}
      """;

  private static final int BATCH = 4;
  private static final int PAUSE_MILLIS = 200;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("load").factory());
  private final AtomicInteger sent = new AtomicInteger();

  private Load() {}

  static Load on(SystemStand stand) {
    Load load = new Load();
    // What it throws ends the load, and shows as messages that were never sent.
    var unused =
        load.timer.scheduleWithFixedDelay(
            () -> {
              stand.sendAll(Collections.nCopies(BATCH, REQUEST));
              load.sent.addAndGet(BATCH);
            },
            0,
            PAUSE_MILLIS,
            TimeUnit.MILLISECONDS);
    return load;
  }

  /** Stops sending, and says how many messages were sent. */
  int stop() throws InterruptedException {
    timer.shutdown();
    if (!timer.awaitTermination(30, TimeUnit.SECONDS)) {
      throw new AssertionError("a message is still being sent");
    }
    return sent.get();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
