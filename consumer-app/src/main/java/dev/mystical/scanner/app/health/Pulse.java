package dev.mystical.scanner.app.health;

import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.loop.Loop;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import java.time.Duration;
import java.util.Map;

/**
 * Asks the services after which no other loop of the process asks, so that its readiness is known
 * before anybody depends on it. Touched by one loop.
 */
public final class Pulse implements Loop.Turn {
  /** The ledger may be asked about it, and knows nothing of it. */
  public static final MessageId NO_MESSAGE = new MessageId("probe");

  /** Three calls of SQS a minute, day and night. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  /** A call that costs little and changes nothing. */
  @FunctionalInterface
  public interface Question {
    /** Throws {@link LedgerUnavailable} or {@link QueueUnavailable} where there is no answer. */
    void ask() throws InterruptedException;
  }

  private final Map<Dependency, Question> questions;
  private final HealthBoard board;

  public Pulse(Map<Dependency, Question> questions, HealthBoard board) {
    this.questions = Map.copyOf(questions);
    this.board = board;
  }

  @Override
  public Duration take() throws InterruptedException {
    for (Map.Entry<Dependency, Question> question : questions.entrySet()) {
      try {
        question.getValue().ask();
        board.well(question.getKey());
      } catch (LedgerUnavailable | QueueUnavailable away) {
        board.unwell(question.getKey(), String.valueOf(away.getMessage()));
      }
    }
    return PAUSE;
  }
}
