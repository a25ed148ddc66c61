package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.LeaseTerms;
import dev.mystical.scanner.domain.queue.QueueState;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What the queue last said of itself, as the threads around it need it. The poller sets it before
 * it receives anything; everyone else reads.
 */
final class QueueTerms {
  private record Terms(LeaseTerms lease, DeadLetters deadLetters) {}

  private final AtomicReference<Optional<Terms>> terms = new AtomicReference<>(Optional.empty());
  private final Function<Optional<String>, DeadLetters> deadLetters;

  /**
   * @param deadLetters makes the place for poison, given the queue that the redrive policy names
   */
  QueueTerms(Function<Optional<String>, DeadLetters> deadLetters) {
    this.deadLetters = deadLetters;
  }

  void told(QueueState state) {
    terms.set(
        Optional.of(
            new Terms(
                new LeaseTerms(state.visibility()), deadLetters.apply(state.deadLetterQueue()))));
  }

  LeaseTerms lease() {
    return known().lease();
  }

  DeadLetters deadLetters() {
    return known().deadLetters();
  }

  private Terms known() {
    return terms.get().orElseThrow(() -> new IllegalStateException("the queue was not asked yet"));
  }
}
