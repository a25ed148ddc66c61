package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The clock begins where its numbers turn negative soon. */
class DeadlineTest {
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofSeconds(2);

  private final HandClock clock = new HandClock();
  private final EndingSocket socket = new EndingSocket();
  private final Deadline deadline = new Deadline(socket, clock, REST);

  /** A socket that was never open, and knows what was done to it. */
  private static final class EndingSocket extends Socket {
    private boolean inputEnded;
    private boolean cut;

    @Override
    public void shutdownInput() {
      inputEnded = true;
    }

    @Override
    public void close() {
      cut = true;
    }
  }

  @Test
  void whatIsMetInTimeEndsNothing() {
    deadline.within(TEN, Deadline.Then.END_INPUT);
    clock.advance(TEN.minusNanos(1));
    deadline.look();
    assertThat(deadline.met()).isTrue();
    clock.advance(TEN);
    deadline.look();
    assertThat(socket.inputEnded).isFalse();
    assertThat(socket.cut).isFalse();
  }

  @Test
  void aLateClientIsHeardNoMoreAndThenCut() {
    deadline.within(TEN, Deadline.Then.END_INPUT);
    clock.advance(TEN);
    deadline.look();
    assertThat(socket.inputEnded).isTrue();
    assertThat(socket.cut).isFalse();
    assertThat(deadline.late()).isTrue();
    clock.advance(REST);
    deadline.look();
    assertThat(socket.cut).isTrue();
    assertThat(deadline.met()).isFalse();
  }

  @Test
  void whoDoesNotReadIsCutAtOnce() {
    deadline.within(TEN, Deadline.Then.CUT);
    clock.advance(TEN);
    deadline.look();
    assertThat(socket.cut).isTrue();
    assertThat(socket.inputEnded).isFalse();
  }

  @Test
  void aNewOneBeginsAnew() {
    deadline.within(TEN, Deadline.Then.END_INPUT);
    clock.advance(TEN);
    deadline.look();
    deadline.within(TEN, Deadline.Then.CUT);
    assertThat(deadline.late()).isFalse();
    clock.advance(REST);
    deadline.look();
    assertThat(socket.cut).isFalse();
    assertThat(deadline.met()).isTrue();
  }
}
