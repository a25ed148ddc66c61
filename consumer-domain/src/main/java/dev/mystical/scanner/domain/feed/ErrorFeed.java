package dev.mystical.scanner.domain.feed;

/** Tells people what goes wrong, as it happens. Safe for use by many threads. */
public interface ErrorFeed {
  /**
   * Publishes an error, and returns when it is in the stream, on disk, or counted as dropped or
   * suppressed; at most some seconds. Never throws for the feed's own troubles.
   */
  Published publish(ErrorEvent event) throws InterruptedException;

  /** Where an error went. */
  enum Published {
    STREAMED,
    SPOOLED,
    SUPPRESSED,
    DROPPED
  }
}
