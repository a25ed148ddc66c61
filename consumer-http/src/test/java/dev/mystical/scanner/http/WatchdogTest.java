package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Duration TEN = Duration.ofSeconds(10);

  private final HandClock clock = new HandClock();
  private final List<Socket> cut = new ArrayList<>();

  private Deadline of(Socket socket) {
    Deadline deadline = new Deadline(socket, clock, TEN);
    deadline.within(TEN, Deadline.Then.CUT);
    return deadline;
  }

  /** Without it nobody would be late any more. */
  @Test
  void oneSocketThatFailsKeepsNoOtherFromItsEnd() {
    try (Watchdog watchdog = new Watchdog()) {
      for (int i = 0; i < 10; i++) {
        watchdog.watch(
            of(
                new Socket() {
                  @Override
                  public void close() {
                    throw new IllegalStateException("by the test");
                  }
                }));
        watchdog.watch(
            of(
                new Socket() {
                  @Override
                  public void close() {
                    cut.add(this);
                  }
                }));
      }
      clock.advance(TEN);

      watchdog.look();

      assertThat(cut).hasSize(10);
    }
  }
}
