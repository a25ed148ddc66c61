package dev.mystical.scanner.app.client;

import java.time.Duration;

/** Waits. */
@FunctionalInterface
public interface Pause {
  Pause SLEEP = Thread::sleep;

  void pause(Duration length) throws InterruptedException;
}
