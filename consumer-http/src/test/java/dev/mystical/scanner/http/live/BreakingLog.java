package dev.mystical.scanner.http.live;

import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A log that can be followed from the second try on. */
final class BreakingLog implements EntryLog<Integer> {
  /** Opens the way to the first failure. */
  final CountDownLatch fail = new CountDownLatch(1);

  private final EntryLog<Integer> log;
  private final AtomicBoolean failed = new AtomicBoolean();

  BreakingLog(EntryLog<Integer> log) {
    this.log = log;
  }

  @Override
  public List<Streamed<Integer>> newest(int count) throws InterruptedException {
    return log.newest(count);
  }

  @Override
  public List<Streamed<Integer>> before(String id, int count) throws InterruptedException {
    return log.before(id, count);
  }

  @Override
  public List<Streamed<Integer>> after(String id, int count) throws InterruptedException {
    return log.after(id, count);
  }

  @Override
  public List<Streamed<Integer>> since(Instant time, int count) throws InterruptedException {
    return log.since(time, count);
  }

  @Override
  public String end() throws InterruptedException {
    return log.end();
  }

  @Override
  public void follow(String after, Consumer<Streamed<Integer>> reader) throws InterruptedException {
    if (failed.compareAndSet(false, true)) {
      fail.await();
      throw new IllegalStateException("broken");
    }
    log.follow(after, reader);
  }
}
