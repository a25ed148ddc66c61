package dev.mystical.scanner.benchmarks.trial;

import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of the table.
 *
 * @param title also the name of its samples
 * @param format of its values
 */
record Figure(String title, String format, Goal goal) {
  /** What is wanted of a figure, in words, and how ours is held to it. */
  record Goal(String words, Test test) {
    static final Goal NONE = new Goal("", (samples, figure) -> "");

    static Goal atMost(double most, String words) {
      return new Goal(words, (samples, figure) -> ours(samples, figure, value -> value <= most));
    }

    static Goal atLeast(double least, String words) {
      return new Goal(words, (samples, figure) -> ours(samples, figure, value -> value >= least));
    }

    /** At most so many times what the other has; says nothing where there is no other. */
    static Goal ratio(Contender other, double most, String words) {
      return new Goal(
          words,
          (samples, figure) -> {
            OptionalDouble its = samples.median(figure, other);
            return its.isEmpty()
                ? ""
                : ours(samples, figure, value -> value <= its.getAsDouble() * most);
          });
    }

    /** Both, each with a verdict of its own. */
    Goal and(Goal also) {
      return new Goal(
          words + ", " + also.words,
          (samples, figure) ->
              Stream.of(test, also.test)
                  .map(it -> it.verdict(samples, figure))
                  .filter(it -> !it.isEmpty())
                  .collect(Collectors.joining(", ")));
    }

    private static String ours(Samples samples, String figure, DoublePredicate enough) {
      OptionalDouble value = samples.median(figure, Contender.OURS);
      if (value.isEmpty()) {
        return "";
      }
      return enough.test(value.getAsDouble()) ? "reached" : "MISSED";
    }
  }

  /** Whether it is reached, in a word; empty where it cannot be told. */
  interface Test {
    String verdict(Samples samples, String figure);
  }

  String cell(Samples samples, Contender contender) {
    OptionalDouble median = samples.median(title, contender);
    return median.isPresent() ? format.formatted(median.getAsDouble()) : "-";
  }

  /** Ours divided by the other's. */
  String ratio(Samples samples, Contender other) {
    OptionalDouble ours = samples.median(title, Contender.OURS);
    OptionalDouble its = samples.median(title, other);
    return ours.isPresent() && its.isPresent() && its.getAsDouble() > 0
        ? "%.2f".formatted(ours.getAsDouble() / its.getAsDouble())
        : "-";
  }

  String verdict(Samples samples) {
    return goal.test().verdict(samples, title);
  }
}
