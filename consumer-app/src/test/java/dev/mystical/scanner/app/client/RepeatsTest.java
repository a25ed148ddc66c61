package dev.mystical.scanner.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.client.Reply.Busy;
import dev.mystical.scanner.app.client.Reply.Missing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatsTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Instant now = START;

  @Test
  void anAnswerIsNotAskedForAgain() throws InterruptedException {
    assertThat(answer(new Missing())).isEqualTo(new Missing());
    assertThat(pauses).isEmpty();
  }

  @Test
  void pausesGrow() throws InterruptedException {
    Busy busy = new Busy("nobody there", Optional.empty());
    assertThat(answer(busy, busy, busy, new Missing())).isEqualTo(new Missing());
    assertThat(pauses).hasSize(3);
    assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(told).hasSize(3).allMatch(it -> it.startsWith("nobody there; trying again in "));
  }

  @Test
  void theServerSaysHowLongItWantsToBeLeftAlone() throws InterruptedException {
    answer(new Busy("busy", Optional.of(Duration.ofSeconds(17))), new Missing());
    assertThat(pauses).containsExactly(Duration.ofSeconds(17));
    assertThat(told).containsExactly("busy; trying again in 17 s");
  }

  @Test
  void noPauseIsShorterThanOurOwn() throws InterruptedException {
    answer(new Busy("busy", Optional.of(Duration.ZERO)), new Missing());
    assertThat(pauses.getFirst()).isGreaterThanOrEqualTo(Duration.ofMillis(250));
  }

  @Test
  void afterAMinuteItIsGivenUp() throws InterruptedException {
    Busy busy = new Busy("busy", Optional.of(Duration.ofSeconds(20)));
    assertThat(answer(busy, busy, busy, busy, new Missing())).isEqualTo(busy);
    assertThat(pauses).hasSize(3);
    assertThat(now).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void aWaitThatIsTooLongIsNotBegun() throws InterruptedException {
    Busy hour = new Busy("busy", Optional.of(Duration.ofHours(1)));
    assertThat(answer(hour, new Missing())).isEqualTo(hour);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "' 120 ', PT2M",
    "'Fri, 02 Jan 2026 03:05:05 GMT', PT1M",
    "'Fri, 02 Jan 2026 03:00:05 GMT', PT0S",
    "-1,",
    "soon,",
    "99999999999999999999,",
    "'',",
  })
  void retryAfterIsSecondsOrADate(String text, Duration wait) {
    assertThat(RetryAfter.parse(text, START)).isEqualTo(Optional.ofNullable(wait));
  }

  private Reply answer(Reply... answers) throws InterruptedException {
    Deque<Reply> left = new ArrayDeque<>(List.of(answers));
    Repeats repeats =
        new Repeats(
            ClientTimes.STANDARD,
            () -> now,
            length -> {
              pauses.add(length);
              now = now.plus(length);
            },
            new Random(3),
            told::add);
    return repeats.of(
        left::remove, reply -> reply instanceof Busy busy ? Optional.of(busy) : Optional.empty());
  }
}
