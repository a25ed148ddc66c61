package dev.mystical.scanner.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static DeliveryOutcome outcome(int status, String retryAfter) {
    CallbackUrl.Parsed url = CallbackUrl.parse("https://example.com/?key=hush");
    return Answers.outcome(
        ((CallbackUrl.Parsed.Good) url).url(), status, Optional.of(retryAfter), NOW);
  }

  private static DeliveryOutcome refused(Optional<Duration> wait) {
    return new DeliveryOutcome.Refused(503, "example.com answered 503", wait);
  }

  @Test
  void aWaitIsInSecondsOrUntilADate() {
    assertThat(outcome(503, " 30 ")).isEqualTo(refused(Optional.of(Duration.ofSeconds(30))));
    assertThat(outcome(503, "Fri, 02 Jan 2026 03:05:05 GMT"))
        .isEqualTo(refused(Optional.of(Duration.ofMinutes(1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1.5",
        "soon",
        "9999999999",
        "\u0663",
        "Fri, 02 Jan 2026 03:04:04 GMT",
        "Fri, 02 Jan 99999 03:04:04 GMT"
      })
  void aWaitThatIsNoneIsNone(String retryAfter) {
    assertThat(outcome(503, retryAfter)).isEqualTo(refused(Optional.empty()));
  }

  @Test
  void aRedirectIsARefusalThatSaysThatItIsNotFollowed() {
    assertThat(outcome(307, "30"))
        .isEqualTo(
            new DeliveryOutcome.Refused(
                307,
                "example.com answered 307, and redirects are not followed",
                Optional.of(Duration.ofSeconds(30))));
  }
}
