package dev.mystical.scanner.benchmarks.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianOfThreeRoundsIsTheMiddleOne() {
    Samples samples = new Samples();
    for (double value : new double[] {9, 1, 4}) {
      samples.add("cpu", Contender.OURS, value);
    }

    assertThat(samples.median("cpu", Contender.OURS)).hasValue(4);
    assertThat(samples.median("cpu", Contender.BARE)).isEmpty();
  }

  @Test
  void ninetyNineOfAHundredAreNotAboveTheHighQuantile() {
    List<Double> values = IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();

    assertThat(Samples.quantile(values, 0.99)).hasValue(99);
    assertThat(Samples.quantile(values, 0.5)).hasValue(50);
  }

  @Test
  void aFigureWithoutTheOtherIsNeitherReachedNorMissed() {
    Samples samples = new Samples();
    Figure figure = new Figure("cpu", "%.1f", Figure.Goal.ratio(Contender.BARE, 1.5, ""));
    samples.add("cpu", Contender.OURS, 3);

    assertThat(figure.verdict(samples)).isEmpty();
    samples.add("cpu", Contender.BARE, 2);
    assertThat(figure.verdict(samples)).isEqualTo("reached");
    assertThat(figure.ratio(samples, Contender.BARE)).isEqualTo("1.50");
    samples.add("cpu", Contender.OURS, 3.1);
    samples.add("cpu", Contender.OURS, 3.1);
    assertThat(figure.verdict(samples)).isEqualTo("MISSED");
  }

  @Test
  void whatIsJustEnoughIsEnough() {
    Samples samples = new Samples();
    samples.add("runs", Contender.OURS, 50_000);

    assertThat(figure(Figure.Goal.atLeast(50_000, "")).verdict(samples)).isEqualTo("reached");
    assertThat(figure(Figure.Goal.atLeast(50_001, "")).verdict(samples)).isEqualTo("MISSED");
    assertThat(figure(Figure.Goal.atMost(50_000, "")).verdict(samples)).isEqualTo("reached");
  }

  private static Figure figure(Figure.Goal goal) {
    return new Figure("runs", "%.0f", goal);
  }
}
