package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.StubRules;
import dev.mystical.scanner.benchmarks.trial.Figure.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Ten times as many messages as ECS starts tasks, on a stub that throttles as AWS does. */
final class OverloadRow implements Row {
  private static final String USED = "overload: launch pace used (%)";
  private static final String THROTTLED = "overload: RunTask calls throttled (%)";

  private static final int PACE = 20;
  private static final int A_STEP = 20;
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration SETTLE = Duration.ofSeconds(5);
  private static final Duration COUNTED = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "overload";
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure(USED, "%.1f", Goal.atLeast(97, ">= 97")),
        new Figure(THROTTLED, "%.1f", Goal.atMost(1, "< 1")));
  }

  @Override
  public void round(Places places, Samples samples) throws InterruptedException {
    try (Scenes scenes = Scenes.open(places, StubRules.WELL.withAwsLimits())) {
      for (Scene scene : scenes.all()) {
        scene.send(1);
        scene.start(Map.of()).await("the first message done", scene::settled, LONG);
      }
      flood(scenes, SETTLE);
      List<Mark> before = scenes.all().stream().map(Mark::of).toList();
      flood(scenes, COUNTED);
      for (int i = 0; i < before.size(); i++) {
        Scene scene = scenes.all().get(i);
        Mark mark = Mark.of(scene).since(before.get(i));
        samples.add(USED, scene.contender(), 100 * mark.launched() / mark.possible());
        samples.add(THROTTLED, scene.contender(), 100.0 * mark.throttled() / mark.called());
      }
    }
  }

  private static void flood(Scenes scenes, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    long next = System.nanoTime();
    while (next - end < 0) {
      scenes.send(A_STEP);
      next += STEP.toNanos();
      Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
    }
  }

  /** Counts of one moment, or of the time between two. */
  private record Mark(long nanos, long launched, long called, long throttled) {
    static Mark of(Scene scene) {
      return new Mark(
          System.nanoTime(),
          scene.stub().tasks().count(),
          scene.stub().calls().count("RunTask"),
          scene.stub().throttled());
    }

    Mark since(Mark start) {
      return new Mark(
          nanos - start.nanos,
          launched - start.launched,
          called - start.called,
          throttled - start.throttled);
    }

    double possible() {
      return PACE * nanos / 1e9;
    }
  }
}
