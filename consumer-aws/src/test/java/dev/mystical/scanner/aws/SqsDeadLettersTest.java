package dev.mystical.scanner.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqsDeadLettersTest {
  @Test
  void shortBodyStaysWhole() {
    assertThat(SqsDeadLetters.cut("€uro", 6)).isEqualTo("€uro");
    assertThat(SqsDeadLetters.cut("", 6)).isEmpty();
  }

  @Test
  void cutBodyHasNoHalfCharacters() {
    String text = "a€💳é".repeat(5);
    for (int bytes = 1; bytes < text.getBytes(UTF_8).length; bytes++) {
      String cut = SqsDeadLetters.cut(text, bytes);
      assertThat(text).startsWith(cut);
      assertThat(cut.getBytes(UTF_8).length).isBetween(bytes - 3, bytes);
      assertThat(new String(cut.getBytes(UTF_8), UTF_8)).isEqualTo(cut);
    }
  }
}
