package dev.mystical.scanner.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetters} that knows a place promises. */
public abstract class DeadLettersContract {
  /**
   * A copy as somebody who reads the dead letters finds it.
   *
   * @param attributes the text ones, whatever their names
   */
  public record Copy(String body, Map<String, String> attributes) {
    public Copy {
      attributes = Map.copyOf(attributes);
    }
  }

  /** For the adapters' tests. */
  protected DeadLettersContract() {}

  /** The place under test: empty at the start of each test. */
  protected abstract DeadLetters deadLetters() throws InterruptedException;

  /** All copies that are there. */
  protected abstract List<Copy> copies() throws InterruptedException;

  @Test
  void thePlaceIsKnown() throws InterruptedException {
    assertThat(deadLetters().known()).isTrue();
  }

  @Test
  void aCopyHasTheBodyAndSaysWhichMessageAndWhy() throws InterruptedException {
    deadLetters().copy(delivery(Map.of("tenant-hint", "x")), ErrorCode.MESSAGE_INVALID);

    assertThat(copies()).hasSize(1);
    assertThat(copies().getFirst().body()).isEqualTo("{\"providers\": [\"€\"]");
    assertThat(copies().getFirst().attributes())
        .containsValues("message-1", ErrorCode.MESSAGE_INVALID.name());
  }

  /** Without them a message that is sent again would belong to nobody, and to no trace. */
  @Test
  void aCopyKeepsSignatureAndTrace() throws InterruptedException {
    deadLetters()
        .copy(
            delivery(Map.of("signature", "c2lnbmVk", "traceparent", "00-4bf9-00f0-01")),
            ErrorCode.PROVIDER_UNKNOWN);

    assertThat(copies().getFirst().attributes())
        .containsEntry("signature", "c2lnbmVk")
        .containsEntry("traceparent", "00-4bf9-00f0-01");
  }

  @Test
  void aRepeatMakesNoTrouble() throws InterruptedException {
    deadLetters().copy(delivery(Map.of()), ErrorCode.PROVIDER_UNKNOWN);
    deadLetters().copy(delivery(Map.of()), ErrorCode.PROVIDER_UNKNOWN);

    assertThat(copies()).isNotEmpty();
  }

  private static Delivery delivery(Map<String, String> attributes) {
    return new Delivery(
        new Receipt(new MessageId("message-1"), "handle"),
        "{\"providers\": [\"€\"]",
        attributes,
        1,
        Instant.parse("2026-01-02T03:04:05Z"));
  }
}
