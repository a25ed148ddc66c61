package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.StubRules;
import dev.mystical.scanner.benchmarks.trial.Figure.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How long a process takes from its start to its first RunTask, with one message waiting. */
final class StartRow implements Row {
  private static final String FIRST = "start to first RunTask (ms)";
  private static final String AGAIN = "the same, second start (ms)";
  private static final String CPU = "CPU of that start (ms)";

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final double NANOS = 1_000_000;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure(FIRST, "%.0f", Goal.ratio(Contender.NODE, 1, "< Node")),
        new Figure(AGAIN, "%.0f", Goal.ratio(Contender.NODE, 1, "< Node")),
        new Figure(CPU, "%.0f", Goal.NONE));
  }

  @Override
  public void round(Places places, Samples samples) throws InterruptedException {
    for (Contender contender : places.contenders()) {
      try (Scene scene = Scene.open(places, contender, StubRules.WELL)) {
        start(scene, FIRST, samples);
        // With what the first one has left in Redis.
        start(scene, AGAIN, samples);
      }
    }
  }

  private static void start(Scene scene, String figure, Samples samples)
      throws InterruptedException {
    scene.send(1);
    Program program = scene.start(Map.of());
    program.await("a RunTask", () -> scene.stub().tasks().starters() == scene.sent(), LONG);
    double cpu = program.cpuMillis();
    long first = scene.askedAt(scene.sent() - 1);
    samples.add(figure, scene.contender(), (first - program.startedAt()) / NANOS);
    if (figure.equals(AGAIN)) {
      samples.add(CPU, scene.contender(), cpu);
    }
    program.await("the message deleted", scene::settled, LONG);
    // Only ours leaves anything that a second start finds, and one of the others would go on with
    // its
    // long poll before it ends.
    if (scene.contender() == Contender.OURS) {
      program.terminate(LONG);
    } else {
      program.close();
    }
    scene.stub().queue().hangUp();
  }
}
