package dev.mystical.scanner.domain.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryReportStoreTest extends ReportStoreContract {
  private final MovableClock clock = new MovableClock();
  private final InMemoryReportStore store = new InMemoryReportStore(clock, KEPT);
  private final ReportKey some =
      new ReportKey(SampleScans.newKey(), SampleScans.SONAR, "c".repeat(64));

  @Override
  protected ReportStore store() {
    return store;
  }

  @Override
  protected void elapse(Duration time) {
    clock.advance(time);
  }

  @Test
  void aCallThatIsToFailDoesNothing() throws InterruptedException {
    store.failNext(1);

    assertThatThrownBy(() -> put(some, bytes(1, 1))).isInstanceOf(ReportsUnavailable.class);
    assertThat(store.open(some)).isEmpty();
  }

  @Test
  void aReportThatIsToBreakEndsWithAnException() throws IOException, InterruptedException {
    put(some, bytes(1, 10));
    store.breakAfter(some, 4);

    try (InputStream stored = store.open(some).orElseThrow()) {
      assertThat(stored.readNBytes(4)).hasSize(4);
      assertThatThrownBy(stored::readAllBytes).isInstanceOf(IOException.class);
    }
  }
}
