package dev.mystical.scanner.redis.feed;

/**
 * Where the errors went that a feed was told since it was opened. At any moment
 *
 * <pre>published = streamed + replayed + spooled + suppressed + dropped + waiting</pre>
 *
 * and no instance exists for which that is not so.
 *
 * @param published told by this process, and those taken over from the spools of dead ones
 * @param streamed put into the stream without a stay on disk
 * @param spooled on disk now
 * @param replayed put into the stream from the disk. An error whose first try got no answer may
 *     stand in the stream twice, with the same id
 * @param suppressed repeats that are told by the {@code count} of another entry, or will be
 * @param dropped told by the log at most
 * @param waiting on their way now
 */
public record FeedCounts(
    long published,
    long streamed,
    long spooled,
    long replayed,
    long suppressed,
    long dropped,
    long waiting) {
  static final FeedCounts NONE = new FeedCounts(0, 0, 0, 0, 0, 0, 0);

  public FeedCounts {
    if (published != streamed + spooled + replayed + suppressed + dropped + waiting) {
      throw new IllegalArgumentException(
          "%d published, but %d streamed, %d spooled, %d replayed, %d suppressed, %d dropped, %d waiting"
              .formatted(published, streamed, spooled, replayed, suppressed, dropped, waiting));
    }
  }

  FeedCounts told() {
    return new FeedCounts(
        published + 1, streamed, spooled, replayed, suppressed, dropped, waiting + 1);
  }

  FeedCounts takenOver(long more) {
    return new FeedCounts(
        published + more, streamed, spooled + more, replayed, suppressed, dropped, waiting);
  }

  FeedCounts suppressedOne() {
    return new FeedCounts(
        published, streamed, spooled, replayed, suppressed + 1, dropped, waiting - 1);
  }

  /** The last of some suppressed ones is told after all, and stands for the others. */
  FeedCounts unsuppressed(long more) {
    return new FeedCounts(
        published, streamed, spooled, replayed, suppressed - more, dropped, waiting + more);
  }

  FeedCounts streamed(long more) {
    return new FeedCounts(
        published, streamed + more, spooled, replayed, suppressed, dropped, waiting - more);
  }

  FeedCounts spooled(long more) {
    return new FeedCounts(
        published, streamed, spooled + more, replayed, suppressed, dropped, waiting - more);
  }

  FeedCounts dropped(long more) {
    return new FeedCounts(
        published, streamed, spooled, replayed, suppressed, dropped + more, waiting - more);
  }

  FeedCounts replayed(long more) {
    return new FeedCounts(
        published, streamed, spooled - more, replayed + more, suppressed, dropped, waiting);
  }

  FeedCounts droppedFromDisk(long more) {
    return new FeedCounts(
        published, streamed, spooled - more, replayed, suppressed, dropped + more, waiting);
  }
}
