package dev.mystical.scanner.domain.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which repeats of the same system error are held back. The first {@link #FIRST} of a {@link
 * #WINDOW} pass; the others are counted, and told as one when the window is over. While a storm
 * lasts it is told once each window; after a window without it, it counts as new. Of all that
 * happened nothing is lost but its text: the counts of what is told add up to what was met.
 *
 * <p>Only so many kinds of trouble are remembered; a further one pushes out the one whose window
 * began first, which then is told at once.
 */
public record Storms(Map<String, Storm> byFingerprint) {
  public static final Storms NONE = new Storms(Map.of());
  public static final int FIRST = 5;
  public static final Duration WINDOW = Duration.ofSeconds(10);
  public static final int REMEMBERED = 256;

  /**
   * One kind of trouble.
   *
   * @param since when its window began
   * @param passed how many were told at once
   * @param held how many were not
   * @param last the newest of those that were not
   */
  public record Storm(Instant since, int passed, long held, Optional<ErrorEvent> last) {
    private boolean over(Instant now) {
      return !now.isBefore(since.plus(WINDOW));
    }
  }

  /** So many errors of a kind, to be told as one. */
  public record Remainder(ErrorEvent last, long count) {}

  /**
   * What became of an error.
   *
   * @param passes whether it is to be told now by itself
   * @param due what is to be told besides
   */
  public record Step(Storms next, boolean passes, List<Remainder> due) {
    public Step {
      due = List.copyOf(due);
    }
  }

  public Storms {
    byFingerprint = Map.copyOf(byFingerprint);
  }

  /** An error that concerns nobody in particular. */
  public Step met(String fingerprint, ErrorEvent event, Instant now) {
    Map<String, Storm> next = new HashMap<>(byFingerprint);
    List<Remainder> due = new ArrayList<>();
    Storm before = next.get(fingerprint);
    if (before == null) {
      makeRoom(next, due, now);
      before = new Storm(now, 0, 0, Optional.empty());
    } else if (before.over(now)) {
      remainder(before).ifPresent(due::add);
      before = before.held() > 0 ? stillStorming(now) : new Storm(now, 0, 0, Optional.empty());
    }
    boolean passes = before.passed() < FIRST;
    next.put(
        fingerprint,
        passes
            ? new Storm(before.since(), before.passed() + 1, 0, Optional.empty())
            : new Storm(before.since(), FIRST, before.held() + 1, Optional.of(event)));
    return new Step(new Storms(next), passes, due);
  }

  /** What is to be told because its window is over. */
  public Step passing(Instant now) {
    Map<String, Storm> next = new HashMap<>();
    List<Remainder> due = new ArrayList<>();
    byFingerprint.forEach((fingerprint, storm) -> {
      if (!storm.over(now)) {
        next.put(fingerprint, storm);
      } else if (storm.held() > 0) {
        remainder(storm).ifPresent(due::add);
        next.put(fingerprint, stillStorming(now));
      }
    });
    return new Step(new Storms(next), false, due);
  }

  /** Everything that is held back, because nothing will be told later. */
  public Step ending() {
    return new Step(
        NONE,
        false,
        byFingerprint.values().stream().flatMap(storm -> remainder(storm).stream()).toList());
  }

  /** The window that follows one with a storm: nothing passes but its end. */
  private static Storm stillStorming(Instant now) {
    return new Storm(now, FIRST, 0, Optional.empty());
  }

  private static Optional<Remainder> remainder(Storm storm) {
    return storm.last().map(last -> new Remainder(last, storm.held()));
  }

  private static void makeRoom(Map<String, Storm> storms, List<Remainder> due, Instant now) {
    if (storms.size() < REMEMBERED) {
      return;
    }
    storms.values().removeIf(storm -> storm.over(now) && storm.held() == 0);
    if (storms.size() < REMEMBERED) {
      return;
    }
    Map.Entry<String, Storm> oldest =
        Collections.min(storms.entrySet(), Comparator.comparing(entry -> entry.getValue().since()));
    remainder(oldest.getValue()).ifPresent(due::add);
    storms.remove(oldest.getKey());
  }
}
