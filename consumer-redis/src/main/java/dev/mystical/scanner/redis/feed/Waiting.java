package dev.mystical.scanner.redis.feed;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorFeed.Published;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** An error on its way: the feed's thread says where it went, the one that told it waits. */
final class Waiting {
  private final ErrorEntry entry;
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicReference<Published> where = new AtomicReference<>(Published.DROPPED);

  Waiting(ErrorEntry entry) {
    this.entry = entry;
  }

  ErrorEntry entry() {
    return entry;
  }

  void went(Published to) {
    where.set(to);
    done.countDown();
  }

  Published await() throws InterruptedException {
    done.await();
    return where.get();
  }
}
