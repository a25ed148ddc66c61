package dev.mystical.scanner.domain.queue;

import dev.mystical.scanner.domain.scan.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Dead letters in memory. Every field is guarded by {@code this}. */
public final class InMemoryDeadLetters implements DeadLetters {
  /** A message that was copied, and why. */
  public record Copied(Delivery delivery, ErrorCode code) {}

  private final boolean known;
  private final List<Copied> copies = new ArrayList<>();
  private int failing;

  private InMemoryDeadLetters(boolean known) {
    this.known = known;
  }

  public static InMemoryDeadLetters present() {
    return new InMemoryDeadLetters(true);
  }

  /** Those of a server without a dead-letter queue. */
  public static InMemoryDeadLetters absent() {
    return new InMemoryDeadLetters(false);
  }

  /** So many next copies throw, and do nothing. */
  public synchronized void failNext(int calls) {
    failing += calls;
  }

  public synchronized List<Copied> copies() {
    return List.copyOf(copies);
  }

  @Override
  public boolean known() {
    return known;
  }

  @Override
  public synchronized void copy(Delivery delivery, ErrorCode code) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!known) {
      throw new IllegalStateException("there is no place for dead letters");
    }
    if (failing > 0) {
      failing--;
      throw new QueueUnavailable(
          QueueUnavailable.Kind.PASSING, "failed by the test", new IOException("refused"));
    }
    copies.add(new Copied(delivery, code));
  }
}
