package dev.mystical.scanner.benchmarks.trial;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A line of the table.
 *
 * @param title also the name of its samples
 * @param format of its values
 */
record Figure(String title, String format, Goal goal) {
  /** What is wanted of a figure, in words, and how ours is held to it. */
  record Goal(String words, Test test) {
    static final Goal NONE = new Goal("", (samples, figure) -> Optional.empty());

    static Goal atMost(double most, String words) {
      return new Goal(
          words, (samples, figure) -> limit(samples.median(figure, Contender.OURS), most));
    }

    static Goal atLeast(double least, String words) {
      return new Goal(
          words,
          (samples, figure) -> {
            OptionalDouble ours = samples.median(figure, Contender.OURS);
            return ours.isPresent() ? Optional.of(ours.getAsDouble() >= least) : Optional.empty();
          });
    }

    /** At most so many times what the other has. */
    static Goal ratio(Contender other, double most, String words) {
      return new Goal(
          words,
          (samples, figure) -> {
            OptionalDouble its = samples.median(figure, other);
            return its.isEmpty()
                ? Optional.empty()
                : limit(samples.median(figure, Contender.OURS), its.getAsDouble() * most);
          });
    }

    /** Both. */
    Goal and(Goal also) {
      return new Goal(
          words + ", " + also.words,
          (samples, figure) -> {
            Optional<Boolean> first = test.reached(samples, figure);
            Optional<Boolean> second = also.test.reached(samples, figure);
            return first.isPresent() && second.isPresent()
                ? Optional.of(first.get() && second.get())
                : first.or(() -> second);
          });
    }

    private static Optional<Boolean> limit(OptionalDouble value, double most) {
      return value.isPresent() ? Optional.of(value.getAsDouble() <= most) : Optional.empty();
    }
  }

  /** Whether it is reached; empty where it cannot be told. */
  interface Test {
    Optional<Boolean> reached(Samples samples, String figure);
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
    return goal.test().reached(samples, title).map(it -> it ? "reached" : "MISSED").orElse("");
  }
}
