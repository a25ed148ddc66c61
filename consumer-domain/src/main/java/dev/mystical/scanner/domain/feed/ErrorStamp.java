package dev.mystical.scanner.domain.feed;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the feed's entries out of what the code says: numbers and dates them, cleans their text.
 * One for each process. Safe for use by many threads.
 */
public final class ErrorStamp {
  private final String node;
  private final InstantSource clock;
  private final Redactor redactor;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * A stamp.
   *
   * @param node names this boot of this process and no other
   */
  public ErrorStamp(String node, InstantSource clock, Redactor redactor) {
    this.node = node;
    this.clock = clock;
    this.redactor = redactor;
  }

  public String node() {
    return node;
  }

  public ErrorEntry entry(ErrorEvent event) {
    return entry(event, 1);
  }

  /** An entry that stands for so many errors like it. */
  public ErrorEntry entry(ErrorEvent event, long count) {
    ErrorEvent clean = cleaned(event);
    return new ErrorEntry(
        node + "-" + sequence.incrementAndGet(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        node,
        Fingerprint.of(clean),
        count,
        false,
        clean);
  }

  /** The event with its text as it may be seen. */
  public ErrorEvent cleaned(ErrorEvent event) {
    return new ErrorEvent(
        event.severity(),
        event.code(),
        event.stage(),
        event.subject(),
        event.retryable(),
        redactor.clean(event.message()),
        event.awsRequestId().map(redactor::clean));
  }
}
