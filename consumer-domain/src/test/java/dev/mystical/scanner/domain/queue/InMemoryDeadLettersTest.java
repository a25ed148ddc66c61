package dev.mystical.scanner.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryDeadLettersTest extends DeadLettersContract {
  private final InMemoryDeadLetters deadLetters = InMemoryDeadLetters.present();

  @Override
  protected DeadLetters deadLetters() {
    return deadLetters;
  }

  @Override
  protected List<Copy> copies() {
    return deadLetters.copies().stream()
        .map(copy ->
            new Copy(
                copy.delivery().body(),
                Map.of("message", copy.delivery().id().value(), "code", copy.code().name())))
        .toList();
  }

  @Test
  void aServerWithoutADeadLetterQueueKnowsNoPlace() {
    assertThat(InMemoryDeadLetters.absent().known()).isFalse();
  }
}
