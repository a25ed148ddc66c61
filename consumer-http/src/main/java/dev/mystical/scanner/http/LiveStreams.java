package dev.mystical.scanner.http;

import java.util.HashSet;
import java.util.Set;

/** The threads whose answers have no end, and are told when it has come. Guarded by itself. */
final class LiveStreams {
  private final Set<Thread> threads = new HashSet<>();
  private boolean closing;

  /** The current thread begins one; false if it is to leave it. */
  synchronized boolean begin() {
    return !closing && threads.add(Thread.currentThread());
  }

  /** The current thread is done, and interrupted no more. */
  synchronized void end() {
    threads.remove(Thread.currentThread());
    if (closing) {
      Thread.interrupted();
    }
  }

  synchronized void close() {
    closing = true;
    threads.forEach(Thread::interrupt);
  }
}
