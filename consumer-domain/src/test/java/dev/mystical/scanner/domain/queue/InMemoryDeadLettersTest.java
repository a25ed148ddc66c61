package dev.mystical.scanner.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
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
        .map(copy -> new Copy(copy.delivery().body(), attributes(copy)))
        .toList();
  }

  private static Map<String, String> attributes(InMemoryDeadLetters.Copied copy) {
    Map<String, String> attributes = new HashMap<>(copy.delivery().attributes());
    attributes.put(DeadLetters.SOURCE, copy.delivery().id().value());
    attributes.put(DeadLetters.CODE, copy.code().name());
    return attributes;
  }

  @Test
  void aServerWithoutADeadLetterQueueKnowsNoPlace() {
    assertThat(InMemoryDeadLetters.absent().known()).isFalse();
  }
}
