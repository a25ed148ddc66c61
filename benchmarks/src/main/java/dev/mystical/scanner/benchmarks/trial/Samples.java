package dev.mystical.scanner.benchmarks.trial;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured: a value a round, by figure and program. Confined to one thread. */
final class Samples {
  private final Map<String, Map<Contender, List<Double>>> values = new HashMap<>();

  void add(String figure, Contender contender, double value) {
    values
        .computeIfAbsent(figure, it -> new EnumMap<>(Contender.class))
        .computeIfAbsent(contender, it -> new ArrayList<>())
        .add(value);
  }

  /** The middle one of the rounds' values. */
  OptionalDouble median(String figure, Contender contender) {
    return quantile(values.getOrDefault(figure, Map.of()).getOrDefault(contender, List.of()), 0.5);
  }

  /** The smallest value that so large a share is not above. */
  static OptionalDouble quantile(List<Double> values, double share) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Double> sorted = values.stream().sorted().toList();
    int position = (int) Math.ceil(share * sorted.size()) - 1;
    return OptionalDouble.of(sorted.get(Math.clamp(position, 0, sorted.size() - 1)));
  }
}
