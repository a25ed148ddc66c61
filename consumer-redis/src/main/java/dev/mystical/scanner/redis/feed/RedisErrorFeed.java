package dev.mystical.scanner.redis.feed;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Fingerprint;
import dev.mystical.scanner.domain.feed.Storms;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The error feed in Redis. Callers put their errors into a bounded queue and wait; one thread
 * ({@code feed}) takes them out in batches and writes each batch at once, to the stream or, while
 * Redis is away, to the disk ({@link FeedWriter}). Repeats of system errors are held back ({@link
 * Storms}).
 *
 * <p>Errors that a commit of the ledger brings along are written by that commit and do not pass
 * here. Callers' threads and the feed's meet in the queue, and in the counts and storms, which
 * change by compare-and-set.
 */
public final class RedisErrorFeed implements ErrorFeed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisErrorFeed.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(6);

  private final ErrorStamp stamp;
  private final FeedTerms terms;
  private final InstantSource clock;
  private final BlockingQueue<Waiting> queue;
  private final AtomicReference<FeedCounts> counts = new AtomicReference<>(FeedCounts.NONE);
  private final AtomicReference<Storms> storms = new AtomicReference<>(Storms.NONE);
  private final FeedWriter writer;
  private final Thread thread;

  private RedisErrorFeed(FeedWriter.Target target, ErrorStamp stamp, InstantSource clock) {
    this.stamp = stamp;
    this.terms = target.terms();
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(terms.queue());
    this.writer = new FeedWriter(target, queue, counts, new Stories());
    this.thread = Thread.ofVirtual().name("feed").unstarted(writer);
  }

  /**
   * Opens a feed, and begins to replay what dead processes left in the spool.
   *
   * @param redis connections that nothing else uses, so that errors of a busy time get through
   */
  public static RedisErrorFeed open(
      RedisConnection redis,
      RedisKeys keys,
      ErrorStamp stamp,
      FeedTerms terms,
      InstantSource clock) {
    ErrorStream stream = new ErrorStream(redis, keys);
    FileSpool spool = new FileSpool(terms, stamp.node());
    FeedWriter.Target target = new FeedWriter.Target(stream, spool, terms);
    RedisErrorFeed feed = new RedisErrorFeed(target, stamp, clock);
    feed.thread.start();
    return feed;
  }

  @Override
  public Published publish(ErrorEvent event) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    count(FeedCounts::told);
    if (!event.subject().particular() && suppressed(event)) {
      return Published.SUPPRESSED;
    }
    Waiting waiting = new Waiting(stamp.entry(event));
    if (!offered(waiting)) {
      drop(waiting);
    }
    return waiting.await();
  }

  /** Where everything is that was told until now. */
  public FeedCounts counts() {
    return counts.get();
  }

  /** When the feed's thread last turned, by {@link System#nanoTime}. */
  public long lastTurn() {
    return writer.lastTurn();
  }

  /**
   * Tells what is held back, writes what is waiting, and leaves what is on disk to the next
   * process. Takes some seconds at most.
   */
  @Override
  public void close() {
    writer.stop();
    try {
      if (!thread.join(LONGEST_CLOSE)) {
        LOG.warn("event=feed-cut-off waiting={}", counts().waiting());
        thread.interrupt();
        thread.join(LONGEST_CLOSE);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private boolean offered(Waiting waiting) throws InterruptedException {
    try {
      return writer.takes()
          && queue.offer(waiting, terms.patience().toMillis(), TimeUnit.MILLISECONDS)
          // One that came after the thread's last look is taken back.
          && (writer.takes() || !queue.remove(waiting));
    } catch (InterruptedException e) {
      drop(waiting);
      throw e;
    }
  }

  private boolean suppressed(ErrorEvent event) {
    String fingerprint = Fingerprint.of(stamp.cleaned(event));
    Storms.Step step = stepped(before -> before.met(fingerprint, event, clock.instant()));
    if (!step.passes()) {
      count(FeedCounts::suppressedOne);
    }
    step.due().forEach(this::tell);
    return !step.passes();
  }

  /** What the feed's thread says of storms. */
  private final class Stories implements FeedWriter.Storyteller {
    @Override
    public void tellPassedStorms() {
      stepped(before -> before.passing(clock.instant())).due().forEach(RedisErrorFeed.this::tell);
    }

    @Override
    public void tellAll() {
      stepped(Storms::ending).due().forEach(RedisErrorFeed.this::tell);
    }
  }

  private Storms.Step stepped(Function<Storms, Storms.Step> change) {
    while (true) {
      Storms before = storms.get();
      Storms.Step step = change.apply(before);
      if (storms.compareAndSet(before, step.next())) {
        return step;
      }
    }
  }

  /** Tells so many suppressed errors as one, and waits for nothing. */
  private void tell(Storms.Remainder remainder) {
    count(before -> before.unsuppressed(1));
    Waiting waiting = new Waiting(stamp.entry(remainder.last(), remainder.count()));
    if (!writer.takes() || !queue.offer(waiting)) {
      drop(waiting);
    }
  }

  private void drop(Waiting waiting) {
    count(before -> before.dropped(1));
    ErrorEntry entry = waiting.entry();
    FeedLog.tell(LOG.atError(), "event=error-dropped", entry);
    waiting.went(Published.DROPPED);
  }

  private void count(UnaryOperator<FeedCounts> change) {
    counts.updateAndGet(change);
  }
}
