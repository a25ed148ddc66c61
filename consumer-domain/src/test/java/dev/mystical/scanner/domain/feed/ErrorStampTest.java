package dev.mystical.scanner.domain.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorStampTest {
  private static final ErrorEvent EVENT =
      ErrorEvent.error(ErrorCode.INTERNAL, Stage.API, Subject.SYSTEM, "no open-sesame here")
          .withRequest(Optional.of("open-sesame"));

  private final MovableClock clock = new MovableClock();
  private final ErrorStamp stamp =
      new ErrorStamp("boot", clock, new Redactor(List.of("open-sesame")));

  @Test
  void everyEntryHasItsOwnIdAndTheTime() {
    ErrorEntry first = stamp.entry(EVENT);
    ErrorEntry second = stamp.entry(EVENT, 7);

    assertThat(first.id()).isEqualTo("boot-1");
    assertThat(second.id()).isEqualTo("boot-2");
    assertThat(first.time()).isEqualTo(MovableClock.START);
    assertThat(first.node()).isEqualTo("boot");
    assertThat(first.count()).isEqualTo(1);
    assertThat(second.count()).isEqualTo(7);
    assertThat(first.fingerprint()).isEqualTo(second.fingerprint());
  }

  @Test
  void noTextOfAnEntryHasASecret() {
    assertThat(stamp.entry(EVENT).toString()).doesNotContain("sesame");
  }
}
