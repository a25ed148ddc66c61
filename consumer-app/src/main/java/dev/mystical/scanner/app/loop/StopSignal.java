package dev.mystical.scanner.app.loop;

import java.time.Duration;

/** Tells whether the process is about to stop. Safe for use by many threads. */
public interface StopSignal {
  boolean asked();

  /** Waits so long, or until a stop is asked for. Answers whether it is. */
  boolean within(Duration wait) throws InterruptedException;
}
