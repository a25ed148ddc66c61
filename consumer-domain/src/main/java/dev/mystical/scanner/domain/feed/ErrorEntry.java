package dev.mystical.scanner.domain.feed;

import java.time.Instant;

/**
 * An error as it stands in the feed.
 *
 * @param id unique over all replicas and boots; a replay keeps it
 * @param fingerprint the same for repeats of the same trouble
 * @param count this one, and how many like it were suppressed before it
 * @param replayed whether it waited on disk while Redis was away
 */
public record ErrorEntry(
    String id,
    Instant time,
    String node,
    String fingerprint,
    long count,
    boolean replayed,
    ErrorEvent event) {
  public ErrorEntry asReplayed() {
    return new ErrorEntry(id, time, node, fingerprint, count, true, event);
  }
}
