package dev.mystical.scanner.stand.ecs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The faults that wait, in the order they came. Guarded by its own monitor. */
final class Faults {

  private static final int MOST = 1_000;

  private final List<Waiting> waiting = new ArrayList<>();

  private static final class Waiting {
    private final Fault fault;
    private int skips;
    private int left;

    Waiting(Fault fault) {
      this.fault = fault;
      this.skips = fault.skip();
      this.left = fault.times();
    }
  }

  /**
   * Adds a fault.
   *
   * @throws IllegalStateException where too many wait
   */
  synchronized void add(Fault fault) {
    if (waiting.size() >= MOST) {
      throw new IllegalStateException("no more than " + MOST + " faults");
    }
    waiting.add(new Waiting(fault));
  }

  synchronized void clear() {
    waiting.clear();
  }

  synchronized List<Fault> waiting() {
    return waiting.stream().map(w -> w.left == 0 ? w.fault : w.fault.times(w.left)).toList();
  }

  /** The first fault that meets the call, used up by one. */
  synchronized Optional<Fault> take(
      String operation, Set<FaultKind.Phase> phases, Map<String, String> facts) {
    Iterator<Waiting> all = waiting.iterator();
    while (all.hasNext()) {
      Waiting next = all.next();
      if (!meets(next.fault, operation, phases, facts)) {
        continue;
      }
      if (next.skips > 0) {
        next.skips--;
        continue;
      }
      if (next.left > 0 && --next.left == 0) {
        all.remove();
      }
      return Optional.of(next.fault);
    }
    return Optional.empty();
  }

  private static boolean meets(
      Fault fault, String operation, Set<FaultKind.Phase> phases, Map<String, String> facts) {
    return phases.contains(fault.kind().phase())
        && (fault.operation().equals("*") || fault.operation().equals(operation))
        && fault.match().entrySet().stream()
            .allMatch(wanted -> fits(wanted.getValue(), facts.getOrDefault(wanted.getKey(), "")));
  }

  /** Whether one of the values, separated by commas, is the wanted one or begins as {@code x*}. */
  static boolean fits(String wanted, String values) {
    return Stream.of(values.split(",", -1))
        .anyMatch(value ->
            wanted.endsWith("*")
                ? value.startsWith(wanted.substring(0, wanted.length() - 1))
                : value.equals(wanted));
  }
}
