package dev.mystical.scanner.benchmarks.trial;

/** Something kept a figure from being taken; says nothing about whether its target is reached. */
final class CannotMeasure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotMeasure(String why) {
    super(why);
  }

  CannotMeasure(String why, Throwable cause) {
    super(why, cause);
  }
}
