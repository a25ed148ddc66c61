package dev.mystical.scanner.http;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * By when the client at a socket must have done what it is waited for to do. The socket's thread
 * sets it and says that it was met; the watchdog sees that it ran out. Whichever comes first has
 * it: both change one reference, so a socket is never closed for what came in time.
 */
final class Deadline {
  /** What is done to a client that is late. */
  enum Then {
    NOTHING,
    /** It is heard no more: its thread reads the end, and can still answer. */
    END_INPUT,
    /** All is over: whatever its thread does with the socket fails. */
    CUT
  }

  /** An end, in nanoseconds of the clock; late ones are those that follow one that ran out. */
  private record Due(long at, Then then, boolean late) {}

  private static final Due NEVER = new Due(0, Then.NOTHING, false);

  private final Socket socket;
  private final LongSupplier nanos;
  private final Duration rest;
  private final AtomicReference<Due> due = new AtomicReference<>(NEVER);

  /**
   * Of a socket.
   *
   * @param rest how long its thread has to answer a client whose input has ended, before all ends
   */
  Deadline(Socket socket, LongSupplier nanos, Duration rest) {
    this.socket = socket;
    this.nanos = nanos;
    this.rest = rest;
  }

  /** Begins. */
  void within(Duration time, Then then) {
    due.set(new Due(nanos.getAsLong() + time.toNanos(), then, false));
  }

  /** Ends; false if it had run out. */
  boolean met() {
    return !due.getAndSet(NEVER).late();
  }

  /** Whether it has run out, and was not ended yet. */
  boolean late() {
    return due.get().late();
  }

  /** Looks whether it has run out, and does what is then to be done. For the watchdog. */
  void look() {
    Due seen = due.get();
    if (seen.then() == Then.NOTHING || nanos.getAsLong() - seen.at() < 0) {
      return;
    }
    Due next = new Due(nanos.getAsLong() + rest.toNanos(), Then.CUT, true);
    if (!due.compareAndSet(seen, next)) {
      return;
    }
    try {
      if (seen.then() == Then.END_INPUT) {
        socket.shutdownInput();
      } else {
        socket.close();
      }
    } catch (IOException e) {
      // It is closed, or not connected any more: its thread notices by itself.
    }
  }
}
