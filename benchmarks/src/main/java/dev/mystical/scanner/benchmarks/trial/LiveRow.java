package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.StubRules;
import dev.mystical.scanner.benchmarks.trial.Figure.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How many running scans one process follows in a small heap; nobody else follows any. */
final class LiveRow implements Row {
  private static final String HELD = "live runs held, heap of 192 MB";
  private static final String MEMORY = "resident memory with these (MB)";
  private static final String LOOKS = "DescribeTasks calls a second with these";
  private static final String NEXT = "one more scan with these, to RunTask (ms)";

  private static final int RUNS = 50_000;
  private static final Duration LAUNCHED = Duration.ofMinutes(4);
  private static final Duration SHORT = Duration.ofSeconds(20);

  /** Longer than what the count of watched runs may be behind. */
  private static final Duration HOLD = Duration.ofSeconds(20);

  private static final Map<String, String> SMALL =
      Map.of(
          "LAUNCH_RATE", "1000",
          "LAUNCH_BURST", "1000",
          "SCANNER_JAVA_OPTIONS", "-Xmx192m");

  @Override
  public String name() {
    return "live";
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure(HELD, "%,.0f", Goal.atLeast(RUNS, ">= 50,000")),
        new Figure(MEMORY, "%.0f", Goal.NONE),
        new Figure(LOOKS, "%.1f", Goal.NONE),
        new Figure(NEXT, "%.0f", Goal.NONE));
  }

  @Override
  public void round(Places places, Samples samples) throws InterruptedException {
    if (!places.contenders().contains(Contender.OURS)) {
      return;
    }
    try (Scene scene = Scene.open(places, Contender.OURS, StubRules.WELL)) {
      scene.send(RUNS);
      Program program = scene.start(SMALL);
      program.await("all launched and deleted", scene::settled, LAUNCHED);
      long looks = scene.stub().calls().count("DescribeTasks");
      Thread.sleep(HOLD);
      looks = scene.stub().calls().count("DescribeTasks") - looks;
      double held = OurMetrics.of(program).sum("scanner_watched_runs");
      long sent = System.nanoTime();
      scene.send(1);
      program.await("one more", () -> scene.stub().tasks().starters() > RUNS, SHORT);
      long asked = scene.askedAt(RUNS);
      samples.add(NEXT, Contender.OURS, (asked - sent) / 1_000_000.0);
      samples.add(HELD, Contender.OURS, held);
      samples.add(MEMORY, Contender.OURS, program.residentMegabytes());
      samples.add(LOOKS, Contender.OURS, looks / (double) HOLD.toSeconds());
    }
  }
}
