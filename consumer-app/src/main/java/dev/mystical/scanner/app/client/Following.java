package dev.mystical.scanner.app.client;

import dev.mystical.scanner.app.client.WatchedScan.Look;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Follows a scan to its end. What counts is what a look at the scan says; events only tell when to
 * look, so that nothing is lost with one, and where there are none a look every few seconds does.
 * One thread at a time.
 */
public final class Following {
  /** However many events there are. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** Is told what is seen. */
  public interface Watcher {
    void seen(ScanState scan);

    /** Nobody knows the scan yet. Told once. */
    void absent();

    /** There is no answer. Told once for each reason. */
    void unanswered(String why);
  }

  /** How it ended. */
  public sealed interface Outcome {
    /** The scan has ended. */
    record Ended(ScanState scan) implements Outcome {}

    /** The scan was there and is not any more. */
    record Gone() implements Outcome {}

    /** There was no answer for too long; the scan goes on without us. */
    record LostSight(String why) implements Outcome {}

    record Denied(String why) implements Outcome {}
  }

  private final ClientTimes times;
  private final InstantSource clock;
  private final Pause pause;
  private final Watcher watcher;
  private Instant answered;
  private String told = "";
  private boolean known;

  public Following(ClientTimes times, InstantSource clock, Pause pause, Watcher watcher) {
    this.times = times;
    this.clock = clock;
    this.pause = pause;
    this.watcher = watcher;
    this.answered = clock.instant();
  }

  /** Blocks until there is nothing more to see. A scan that is not there yet is waited for. */
  public Outcome run(WatchedScan scan) throws InterruptedException {
    answered = clock.instant();
    try (Nudges nudges = scan.nudges()) {
      while (true) {
        switch (scan.look()) {
          case Look.Seen(ScanState state) -> {
            seen(state);
            if (state.status().ended()) {
              return new Outcome.Ended(state);
            }
          }
          case Look.Absent() -> {
            if (known) {
              return new Outcome.Gone();
            }
            absent();
          }
          case Look.Unanswered(String why) -> {
            if (clock.instant().isAfter(answered.plus(times.patience()))) {
              return new Outcome.LostSight(why);
            }
            unanswered(why);
          }
          case Look.Denied(String why) -> {
            return new Outcome.Denied(why);
          }
        }
        pause.pause(BETWEEN_LOOKS);
        nudges.await(times.poll());
      }
    }
  }

  private void seen(ScanState state) {
    known = true;
    answered = clock.instant();
    told = "";
    watcher.seen(state);
  }

  private void absent() {
    answered = clock.instant();
    if (!told.equals("absent")) {
      told = "absent";
      watcher.absent();
    }
  }

  private void unanswered(String why) {
    if (!told.equals(why)) {
      told = why;
      watcher.unanswered(why);
    }
  }
}
