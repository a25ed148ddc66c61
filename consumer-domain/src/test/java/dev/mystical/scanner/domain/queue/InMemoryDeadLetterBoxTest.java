package dev.mystical.scanner.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InMemoryDeadLetterBoxTest extends DeadLetterBoxContract {
  private final InMemoryDeadLetterBox box =
      new InMemoryDeadLetterBox(InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));

  @Override
  protected DeadLetterBox box() {
    return box;
  }

  @Override
  protected MessageId put(String body, Map<String, String> attributes) {
    return box.queue().send(body, attributes);
  }

  @Test
  void whatWasMovedHasNoCode() throws InterruptedException {
    box.move("{}", Map.of(DeadLetters.CODE, "MESSAGE_INVALID", DeadLetters.SOURCE, "m-1"));

    assertThat(box.receive().getFirst().attributes()).containsOnlyKeys(DeadLetters.SOURCE);
  }
}
