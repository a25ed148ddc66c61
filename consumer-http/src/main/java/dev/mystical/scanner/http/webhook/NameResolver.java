package dev.mystical.scanner.http.webhook;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Finds the addresses of hosts. Safe for use by many threads. */
interface NameResolver extends AutoCloseable {
  /** All addresses of a name. Blocks for at most that long. */
  Resolution resolve(String host, Duration within) throws InterruptedException;

  /** Ends what it started; by itself, nothing. */
  @Override
  default void close() {}

  /** What is known of a name. */
  sealed interface Resolution {
    /** Its addresses, at least one. */
    record Found(List<InetAddress> addresses) implements Resolution {
      public Found {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
          throw new IllegalArgumentException("a name was found that has no address");
        }
      }
    }

    /** Nothing, now; which may change. */
    record NotFound(String why) implements Resolution {}
  }
}
