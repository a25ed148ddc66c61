package dev.mystical.scanner.http;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that there is no room, once a minute at most. For the accepting thread alone. */
final class Crowding {
  private static final Logger LOG = LoggerFactory.getLogger(Crowding.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private long next;
  private long closed;

  Crowding(LongSupplier nanos) {
    this.nanos = nanos;
    this.next = nanos.getAsLong();
  }

  /** So many connections were closed to make room. */
  void closed(int connections) {
    closed += connections;
    if (closed > 0 && nanos.getAsLong() - next >= 0) {
      LOG.warn("event=http.crowded closed={}", closed);
      closed = 0;
      next = nanos.getAsLong() + PAUSE;
    }
  }
}
