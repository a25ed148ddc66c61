package dev.mystical.scanner.stand.ecs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from all threads, puts them into the wished disorder, and delivers them on a thread
 * of its own.
 */
final class EventFeed implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
  private static final int MOST = 20_000;

  private final TaskEvents target;
  private final LinkedBlockingDeque<String> queue = new LinkedBlockingDeque<>(MOST);
  private final Thread deliverer;

  private EventDisorder disorder = EventDisorder.none();

  private long count;

  private @Nullable String held;

  EventFeed(TaskEvents target) {
    this.target = target;
    this.deliverer = Thread.ofVirtual().name("ecs-events").start(this::deliver);
  }

  /** From the next event on; one that was held back for a swap follows at once. */
  synchronized void disorder(EventDisorder value) {
    disorder = value;
    count = 0;
    release().forEach(this::enqueue);
  }

  synchronized void publish(String event) {
    count++;
    Deque<String> out = new ArrayDeque<>();
    if (!isNth(disorder.dropEvery())) {
      if (isNth(disorder.swapEvery()) && held == null) {
        held = event;
        return;
      }
      out.add(event);
      if (isNth(disorder.duplicateEvery())) {
        out.add(event);
      }
    }
    out.addAll(release());
    out.forEach(this::enqueue);
  }

  private boolean isNth(int every) {
    return every > 0 && count % every == 0;
  }

  private List<String> release() {
    String event = held;
    held = null;
    return event == null ? List.of() : List.of(event);
  }

  private void enqueue(String event) {
    while (!queue.offer(event)) {
      String dropped = queue.poll();
      if (dropped != null) {
        log.warn("event=stand-event-dropped reason=full most={}", MOST);
      }
    }
  }

  private void deliver() {
    try {
      while (true) {
        String event = queue.take();
        try {
          target.deliver(event);
        } catch (RuntimeException e) {
          log.warn("event=stand-event-lost", e);
        }
      }
    } catch (InterruptedException stop) {
      log.debug("event=stand-events-ended");
    }
  }

  @Override
  public void close() {
    deliverer.interrupt();
  }
}
