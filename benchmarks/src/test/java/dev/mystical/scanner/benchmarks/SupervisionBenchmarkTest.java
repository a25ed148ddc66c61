package dev.mystical.scanner.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts, not times: they are the same on every machine. */
class SupervisionBenchmarkTest {
  @Test
  void followingStaysWithinAQuarterOfTheReadRateAndEventsSaveTwoThirdsOfIt()
      throws InterruptedException {
    List<SupervisionBenchmark.Result> results = SupervisionBenchmark.documented();
    SupervisionBenchmark.Result off = results.getFirst();
    SupervisionBenchmark.Result on = results.getLast();

    assertThat((long) off.calls()).as(off.toString()).isLessThanOrEqualTo(off.allowed());
    assertThat(off.looks()).as("every run is looked at").isGreaterThan(off.runs());
    assertThat(on.looks()).as("every run is looked at").isGreaterThan(on.runs());
    assertThat(on.calls() * 3).as("%s; %s", off, on).isLessThanOrEqualTo(off.calls());
  }
}
