package dev.mystical.scanner.redis.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorFeed.Published;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.wire.ErrorDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes errors out of the queue and writes them, a batch at a time.
 *
 * <p>Order: as long as anything is on disk, everything new goes behind it, so that the stream has
 * the errors in the order in which they were told. The disk is read back from its oldest record,
 * with a pause between batches; while Redis is away one batch is tried in growing intervals.
 *
 * <p>All but {@link #takes}, {@link #stop} and {@link #lastTurn} runs on the feed's thread.
 */
final class FeedWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedWriter.class);
  private static final int BATCH = 256;
  private static final Duration LONGEST_TURN = Duration.ofMillis(200);
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final Duration TAKE_OVER_EVERY = Duration.ofMinutes(1);

  /** Where errors go. */
  record Target(ErrorStream stream, FileSpool spool, FeedTerms terms) {}

  /** What the feed says when time has passed, and when it ends. */
  interface Storyteller {
    void tellPassedStorms();

    void tellAll();
  }

  private final Target target;
  private final FileSpool spool;
  private final BlockingQueue<Waiting> queue;
  private final AtomicReference<FeedCounts> counts;
  private final Storyteller storyteller;
  private volatile boolean stopping;
  private volatile boolean takes = true;
  private volatile long lastTurn = System.nanoTime();
  private int failures;
  private long nextReplay = System.nanoTime();
  private long nextTakeOver = System.nanoTime();

  FeedWriter(
      Target target,
      BlockingQueue<Waiting> queue,
      AtomicReference<FeedCounts> counts,
      Storyteller storyteller) {
    this.target = target;
    this.spool = target.spool();
    this.queue = queue;
    this.counts = counts;
    this.storyteller = storyteller;
  }

  /** Whether what is put into the queue now will be taken out of it. */
  boolean takes() {
    return takes;
  }

  void stop() {
    stopping = true;
  }

  long lastTurn() {
    return lastTurn;
  }

  @Override
  public void run() {
    boolean cut = false;
    while (!stopping && !cut) {
      try {
        turn();
      } catch (InterruptedException e) {
        cut = true;
      } catch (RuntimeException e) {
        LOG.error("event=feed-turn-failed", e);
      }
      lastTurn = System.nanoTime();
    }
    end();
  }

  private void turn() throws InterruptedException {
    storyteller.tellPassedStorms();
    if (spool.empty() && System.nanoTime() - nextTakeOver >= 0) {
      takeOver();
    }
    List<Waiting> batch = next();
    if (!batch.isEmpty()) {
      write(batch);
    }
    if (!spool.empty() && System.nanoTime() - nextReplay >= 0) {
      replay();
    }
  }

  private void end() {
    try {
      storyteller.tellAll();
      takes = false;
      List<Waiting> batch = drained(new ArrayList<>());
      while (!batch.isEmpty()) {
        write(batch);
        batch = drained(new ArrayList<>());
      }
    } catch (InterruptedException e) {
      drained(new ArrayList<>()).forEach(late -> drop(List.of(late)));
    } finally {
      takes = false;
      closeSpool();
    }
  }

  private List<Waiting> next() throws InterruptedException {
    long wait = LONGEST_TURN.toNanos();
    if (!spool.empty()) {
      wait = Math.clamp(nextReplay - System.nanoTime(), 0, wait);
    }
    List<Waiting> batch = new ArrayList<>();
    Waiting first = queue.poll(wait, TimeUnit.NANOSECONDS);
    if (first != null) {
      batch.add(first);
      drained(batch);
    }
    return batch;
  }

  private List<Waiting> drained(List<Waiting> into) {
    queue.drainTo(into, BATCH - into.size());
    return into;
  }

  /** Whatever happens, each of them is counted somewhere, and nobody waits for it in vain. */
  private void write(List<Waiting> batch) throws InterruptedException {
    int streamed = 0;
    try {
      if (spool.empty()) {
        streamed = streamed(entries(batch));
      }
    } finally {
      settle(batch.subList(0, streamed), Published.STREAMED);
      if (streamed < batch.size()) {
        toDisk(batch.subList(streamed, batch.size()));
      }
    }
  }

  /** How many of them are in the stream for sure. */
  private int streamed(List<ErrorEntry> entries) throws InterruptedException {
    try {
      int written = target.stream().append(entries);
      failures = 0;
      return written;
    } catch (LedgerUnavailable e) {
      long delay =
          Math.min(FIRST_RETRY.toMillis() << Math.min(failures, 10), LONGEST_RETRY.toMillis());
      failures++;
      nextReplay = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
      return 0;
    }
  }

  private void toDisk(List<Waiting> batch) {
    try {
      List<byte[]> records =
          entries(batch).stream().map(entry -> ErrorDocument.json(entry).getBytes(UTF_8)).toList();
      long lost = spool.append(records);
      settle(batch, Published.SPOOLED);
      lose(lost);
      batch.forEach(waiting -> FeedLog.tell(LOG.atWarn(), "event=error-spooled", waiting.entry()));
    } catch (IOException | RuntimeException e) {
      LOG.error("event=spool-failed folder={}", target.terms().spool(), e);
      drop(batch);
    }
  }

  private void replay() throws InterruptedException {
    nextReplay = System.nanoTime() + target.terms().replayPause().toNanos();
    try {
      List<ErrorEntry> entries = readable(spool.oldest(BATCH));
      if (entries.isEmpty()) {
        return;
      }
      int written = streamed(entries);
      if (written > 0) {
        spool.remove(written);
        count(before -> before.replayed(written));
        LOG.info("event=errors-replayed count={} waiting={}", written, counts.get().spooled());
      }
    } catch (IOException e) {
      LOG.error("event=spool-unreadable folder={}", target.terms().spool(), e);
      giveUpOldest();
    }
  }

  /** The first ones that are errors as this version knows them; one that is not is given up. */
  private List<ErrorEntry> readable(List<byte[]> records) throws IOException {
    List<ErrorEntry> entries = new ArrayList<>();
    for (byte[] record : records) {
      try {
        entries.add(ErrorDocument.fromJson(new String(record, UTF_8)).asReplayed());
      } catch (RuntimeException e) {
        if (entries.isEmpty()) {
          LOG.error("event=spooled-error-unreadable bytes={}", record.length, e);
          spool.remove(1);
          lose(1);
        }
        return entries;
      }
    }
    return entries;
  }

  private void takeOver() {
    nextTakeOver = System.nanoTime() + TAKE_OVER_EVERY.toNanos();
    try {
      long found = spool.takeOver();
      if (found > 0) {
        count(before -> before.takenOver(found));
        LOG.info("event=spool-taken-over count={}", found);
      }
    } catch (IOException e) {
      LOG.warn(
          "event=spool-not-taken-over folder={} reason=\"{}\"",
          target.terms().spool(),
          e.toString());
    }
  }

  private void giveUpOldest() {
    try {
      lose(spool.giveUpOldest());
    } catch (IOException e) {
      LOG.error("event=spool-stuck folder={}", target.terms().spool(), e);
    }
  }

  private void closeSpool() {
    try {
      spool.close();
    } catch (IOException e) {
      LOG.warn(
          "event=spool-not-closed folder={} reason=\"{}\"", target.terms().spool(), e.toString());
    }
  }

  private void settle(List<Waiting> batch, Published where) {
    long number = batch.size();
    count(before ->
        switch (where) {
          case STREAMED -> before.streamed(number);
          case SPOOLED -> before.spooled(number);
          case SUPPRESSED -> throw new IllegalArgumentException("not on its way: " + where);
          case DROPPED -> before.dropped(number);
        });
    batch.forEach(waiting -> waiting.went(where));
  }

  private void drop(List<Waiting> batch) {
    settle(batch, Published.DROPPED);
    batch.forEach(waiting -> FeedLog.tell(LOG.atError(), "event=error-dropped", waiting.entry()));
  }

  private void lose(long number) {
    if (number > 0) {
      count(before -> before.droppedFromDisk(number));
      LOG.error("event=spooled-errors-dropped count={}", number);
    }
  }

  private void count(UnaryOperator<FeedCounts> change) {
    counts.updateAndGet(change);
  }

  private static List<ErrorEntry> entries(List<Waiting> batch) {
    return batch.stream().map(Waiting::entry).toList();
  }
}
