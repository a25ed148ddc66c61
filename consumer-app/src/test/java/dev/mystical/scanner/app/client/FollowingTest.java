package dev.mystical.scanner.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.client.Following.Outcome;
import dev.mystical.scanner.app.client.WatchedScan.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowingTest {
  private static final ScanState RUNNING = state("RUNNING");
  private static final ScanState ENDED = state("SUCCEEDED");
  private static final Look AWAY = new Look.Unanswered("nobody there");

  private final List<String> told = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private int open;

  @Test
  void aScanIsFollowedToItsEnd() throws InterruptedException {
    assertThat(follow(new Look.Seen(RUNNING), new Look.Seen(RUNNING), new Look.Seen(ENDED)))
        .isEqualTo(new Outcome.Ended(ENDED));
    assertThat(told).containsExactly("RUNNING", "RUNNING", "SUCCEEDED");
    // However many events there are, there is a pause between looks.
    assertThat(pauses).containsOnly(Duration.ofMillis(200)).hasSize(2);
    assertThat(open).isZero();
  }

  @Test
  void aScanThatIsNotThereYetIsWaitedFor() throws InterruptedException {
    Look[] looks = new Look[2_000];
    Arrays.fill(looks, new Look.Absent());
    looks[1_999] = new Look.Seen(ENDED);
    assertThat(follow(looks)).isEqualTo(new Outcome.Ended(ENDED));
    assertThat(told).containsExactly("absent", "SUCCEEDED");
  }

  @Test
  void aScanThatWasThereAndIsNoMoreIsGone() throws InterruptedException {
    assertThat(follow(new Look.Seen(RUNNING), new Look.Absent())).isEqualTo(new Outcome.Gone());
  }

  @Test
  void whatIsAwayForAWhileIsWaitedFor() throws InterruptedException {
    assertThat(follow(AWAY, AWAY, new Look.Seen(RUNNING), AWAY, AWAY, new Look.Seen(ENDED)))
        .isEqualTo(new Outcome.Ended(ENDED));
    assertThat(told).containsExactly("nobody there", "RUNNING", "nobody there", "SUCCEEDED");
  }

  @Test
  void whatIsAwayForTooLongIsLostSightOf() throws InterruptedException {
    Look[] looks = new Look[200];
    Arrays.fill(looks, AWAY);
    Instant start = now;
    assertThat(follow(looks)).isEqualTo(new Outcome.LostSight("nobody there"));
    assertThat(Duration.between(start, now))
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    assertThat(open).isZero();
  }

  @Test
  void whoMayNotKnowIsToldSo() throws InterruptedException {
    assertThat(follow(new Look.Denied("no"))).isEqualTo(new Outcome.Denied("no"));
  }

  private Outcome follow(Look... looks) throws InterruptedException {
    Following.Watcher watcher =
        new Following.Watcher() {
          @Override
          public void seen(ScanState scan) {
            told.add(scan.status().name());
          }

          @Override
          public void absent() {
            told.add("absent");
          }

          @Override
          public void unanswered(String why) {
            told.add(why);
          }
        };
    return new Following(ClientTimes.STANDARD, () -> now, pauses::add, watcher)
        .run(new Scripted(new ArrayDeque<>(List.of(looks))));
  }

  /** A scan of which nothing tells, so that every wait is as long as it can be. */
  private final class Scripted implements WatchedScan {
    private final Deque<Look> looks;

    Scripted(Deque<Look> looks) {
      this.looks = looks;
    }

    @Override
    public Look look() {
      return looks.remove();
    }

    @Override
    public Found findings(int most) {
      throw new AssertionError("nobody asks for findings");
    }

    @Override
    public Nudges nudges() {
      open++;
      return new Nudges() {
        @Override
        public void await(Duration most) {
          now = now.plus(most);
        }

        @Override
        public void close() {
          open--;
        }
      };
    }
  }

  private static ScanState state(String status) {
    return ScanState.parse(Documents.scan(status, status, "")).orElseThrow();
  }
}
