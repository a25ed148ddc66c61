package dev.mystical.scanner.app.client;

import java.time.Duration;

/** Tells when it may be worth a look at a scan; may be wrong both ways. One thread at a time. */
public interface Nudges extends AutoCloseable {
  /** Waits until something may have changed since the last time, or for so long. */
  void await(Duration most) throws InterruptedException;

  @Override
  void close();
}
