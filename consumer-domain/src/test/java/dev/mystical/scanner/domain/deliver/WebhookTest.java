package dev.mystical.scanner.domain.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "msg.1", "msg 1", "msg\r\nX-Evil: 1", "msg_é"})
  void anIdThatWouldChangeWhatIsSignedOrSentIsRefused(String id) {
    assertThatThrownBy(() -> new Webhook(id, "https://example.com", "{}", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itShowsNeitherItsUrlNorItsBody() {
    assertThat(new Webhook("msg_1", "https://example.com/?key=abc", "{}", Instant.EPOCH))
        .hasToString("msg_1");
  }
}
