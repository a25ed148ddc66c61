package dev.mystical.scanner.stand.ecs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The fates that wait, in the order they came. Guarded by its own monitor. */
final class Fates {

  private static final int MOST = 1_000;

  private final List<Waiting> waiting = new ArrayList<>();

  private static final class Waiting {
    private final FateRule rule;
    private int left;

    Waiting(FateRule rule) {
      this.rule = rule;
      this.left = rule.times();
    }
  }

  /**
   * Adds a rule.
   *
   * @throws IllegalStateException where too many wait
   */
  synchronized void add(FateRule rule) {
    if (waiting.size() >= MOST) {
      throw new IllegalStateException("no more than " + MOST + " fates");
    }
    waiting.add(new Waiting(rule));
  }

  synchronized void clear() {
    waiting.clear();
  }

  /** The first fate that meets a container, used up by one. */
  synchronized Optional<Fate> take(ContainerSpec spec, Placement place, boolean firstEssential) {
    Iterator<Waiting> all = waiting.iterator();
    while (all.hasNext()) {
      Waiting next = all.next();
      if (next.rule.meets(spec, place, firstEssential)) {
        if (next.left > 0 && --next.left == 0) {
          all.remove();
        }
        return Optional.of(next.rule.fate());
      }
    }
    return Optional.empty();
  }
}
