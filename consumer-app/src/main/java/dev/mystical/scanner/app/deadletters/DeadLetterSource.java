package dev.mystical.scanner.app.deadletters;

import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.ScanQueue;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the dead letters of a queue, anew each time: its redrive policy may change while the server
 * runs. Safe for use by many threads.
 *
 * @param url where they are, if the settings say so; else the queue is asked
 */
public record DeadLetterSource(
    ScanQueue queue, Optional<String> url, Function<String, DeadLetterBox> open) {
  /** Nothing where no place for dead letters is known. Blocks for one call at most. */
  public Optional<DeadLetterBox> find() throws InterruptedException {
    Optional<String> place = url.isPresent() ? url : queue.inspect().deadLetterQueue();
    return place.map(open);
  }
}
