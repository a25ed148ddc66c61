package dev.mystical.scanner.app.supervise;

import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.ScanQueue;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.domain.supervise.TaskEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Receives task events and makes the runs due that they concern. An event decides nothing: it may
 * be late, repeated, reordered, foreign or forged, and all that it can do is to bring a look
 * forward. So all of them are deleted once the due times are written, whatever they were.
 *
 * <p>One thread turns it; a failed turn is thrown to its loop, which backs off, and the messages
 * come back.
 */
public final class TaskNews {
  /**
   * For so many tasks the newest version is known; an older or repeated event of them is no news.
   */
  private static final int REMEMBERED = 10_000;

  /** Where events come from, what they concern, and where is told what went wrong. */
  public record Parts(
      ScanQueue queue,
      Function<String, Optional<TaskEvent>> parser,
      RunTimers timers,
      ErrorFeed feed,
      Counters counters) {}

  private final Parts parts;
  private final Map<TaskArn, Long> versions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskArn, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  public TaskNews(Parts parts) {
    this.parts = parts;
  }

  /** Receives what there is, and makes due what it concerns. */
  public Duration turn() throws InterruptedException {
    try {
      List<Delivery> deliveries = parts.queue().receive(ScanQueue.BATCH);
      if (!deliveries.isEmpty()) {
        work(deliveries);
      }
      return Duration.ZERO;
    } catch (QueueUnavailable away) {
      tell(away);
      throw away;
    }
  }

  private void work(List<Delivery> deliveries) throws InterruptedException {
    parts.counters().add(Count.TASK_EVENTS, deliveries.size());
    Map<TaskArn, Long> newest = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      parts
          .parser()
          .apply(delivery.body())
          .filter(this::news)
          .ifPresent(event -> newest.merge(event.task(), event.version(), Math::max));
    }
    Set<TaskArn> tasks = new LinkedHashSet<>(newest.keySet());
    if (!tasks.isEmpty()) {
      parts.counters().add(Count.TASK_EVENTS_USED, parts.timers().hurry(tasks));
      versions.putAll(newest);
    }
    // An entry that is not deleted comes again, and is no news then.
    parts.queue().delete(deliveries.stream().map(Delivery::receipt).toList());
  }

  /** Versions count the changes of one task, and say nothing about those of another. */
  private boolean news(TaskEvent event) {
    Long known = versions.get(event.task());
    return known == null || event.version() > known;
  }

  private void tell(QueueUnavailable away) throws InterruptedException {
    String message = "task events: " + away.getMessage();
    parts
        .feed()
        .publish(
            switch (away.kind()) {
              case PASSING ->
                  ErrorEvent.warn(
                      ErrorCode.SQS_UNAVAILABLE, Stage.SUPERVISE, Subject.SYSTEM, message);
              case CONFIGURATION ->
                  ErrorEvent.error(ErrorCode.SQS_CONFIG, Stage.SUPERVISE, Subject.SYSTEM, message);
            });
  }
}
