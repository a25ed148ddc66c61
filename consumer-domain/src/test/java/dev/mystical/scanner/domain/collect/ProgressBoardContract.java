package dev.mystical.scanner.domain.collect;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ProgressBoard} promises. Keys are new in each test. */
public abstract class ProgressBoardContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Progress SOME =
      new Progress(
          Optional.of("indexing"), Optional.of(40), Optional.of("\"€\"\n 12 of 30 files"), NOW);
  private static final Progress BARE =
      new Progress(Optional.empty(), Optional.empty(), Optional.empty(), NOW);

  private final ScanKey scan = SampleScans.newKey();

  /** For the adapters' tests. */
  protected ProgressBoardContract() {}

  /** The board under test; the same one at every call within a test. */
  protected abstract ProgressBoard board();

  /** Lets time go by. */
  protected abstract void elapse(Duration time) throws InterruptedException;

  @Test
  void runsThatSaidNothingAreLeftOut() throws InterruptedException {
    assertThat(board().of(scan)).isEmpty();
    board().note(scan, SONAR, SOME);
    assertThat(board().of(scan)).containsOnlyKeys(SONAR);
  }

  @Test
  void whatWasSaidComesBackAsItWas() throws InterruptedException {
    board().note(scan, SONAR, SOME);
    board().note(scan, MYSTICAL, BARE);

    assertThat(board().of(scan)).isEqualTo(Map.of(SONAR, SOME, MYSTICAL, BARE));
  }

  @Test
  void theLastWordCounts() throws InterruptedException {
    board().note(scan, SONAR, SOME);
    board().note(scan, SONAR, BARE);

    assertThat(board().of(scan)).isEqualTo(Map.of(SONAR, BARE));
  }

  @Test
  void tenantsHaveTheirOwnProgress() throws InterruptedException {
    board().note(scan, SONAR, SOME);

    assertThat(board().of(new ScanKey(new Tenant("other"), scan.id()))).isEmpty();
  }

  @Test
  void allIsForgottenSomeHoursAfterTheLastWord() throws InterruptedException {
    board().note(scan, SONAR, SOME);
    elapse(Duration.ofHours(5));
    board().note(scan, MYSTICAL, SOME);
    elapse(Duration.ofHours(5));
    assertThat(board().of(scan)).containsOnlyKeys(SONAR, MYSTICAL);
    elapse(Duration.ofHours(2));
    assertThat(board().of(scan)).isEmpty();
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() {
    ProgressBoard board = board();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> board.note(scan, SONAR, SOME))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
