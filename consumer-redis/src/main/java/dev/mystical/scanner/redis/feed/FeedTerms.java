package dev.mystical.scanner.redis.feed;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The bounds of an error feed.
 *
 * @param spool the folder for errors that wait on disk; several processes may share it
 * @param spoolBytes all of one process' segments together
 * @param segmentBytes after which a segment is closed; the oldest is what goes when there is no
 *     room
 * @param queue how many errors wait in memory
 * @param patience how long a caller waits for a place among them
 * @param replayPause between two batches of a replay, which leaves Redis to its other work
 */
public record FeedTerms(
    Path spool,
    long spoolBytes,
    long segmentBytes,
    int queue,
    Duration patience,
    Duration replayPause) {
  public FeedTerms {
    if (spoolBytes < segmentBytes || segmentBytes < 1 || queue < 1) {
      throw new IllegalArgumentException(
          "spoolBytes %d, segmentBytes %d, queue %d".formatted(spoolBytes, segmentBytes, queue));
    }
  }

  public static FeedTerms in(Path spool) {
    return new FeedTerms(
        spool, 64L << 20, 4L << 20, 4096, Duration.ofSeconds(3), Duration.ofMillis(50));
  }
}
