package dev.mystical.scanner.app.reconcile;

import java.time.Duration;

/** Waits; an interrupt ends the wait and all that comes after. */
@FunctionalInterface
public interface Pause {
  void rest(Duration wait) throws InterruptedException;
}
