package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.StubRules;
import dev.mystical.scanner.benchmarks.trial.Figure.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** How long a message waits for its RunTask, at twenty messages a second. */
final class LatencyRow implements Row {
  private static final String HALF = "enqueue to RunTask at 20/s, p50 (ms)";
  private static final String MOST = "enqueue to RunTask at 20/s, p99 (ms)";

  private static final int A_SECOND = 20;
  private static final int WARM_UP = 5 * A_SECOND;
  private static final int COUNTED = 15 * A_SECOND;
  private static final Duration LONG = Duration.ofMinutes(1);

  /**
   * Messages that come as fast as may be launched would never make up for a pause of the machine.
   */
  private static final Map<String, String> AHEAD =
      Map.of("LAUNCH_RATE", "40", "LAUNCH_BURST", "40");

  private static final double NANOS = 1_000_000;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public List<Figure> figures() {
    Goal goal = Goal.ratio(Contender.BARE, 1.2, "<= 1.2 x bare");
    return List.of(new Figure(HALF, "%.2f", goal), new Figure(MOST, "%.2f", goal));
  }

  @Override
  public void round(Places places, Samples samples) throws InterruptedException {
    try (Scenes scenes = Scenes.open(places, StubRules.WELL)) {
      List<Program> programs = new ArrayList<>();
      scenes.send(1);
      for (Scene scene : scenes.all()) {
        Program program = scene.start(AHEAD);
        program.await("the first message done", scene::settled, LONG);
        programs.add(program);
      }
      List<List<Long>> sent = sendAtPace(scenes);
      for (int i = 0; i < programs.size(); i++) {
        Scene scene = scenes.all().get(i);
        programs.get(i).await("all launched and deleted", scene::settled, LONG);
        add(scene, sent.get(i), samples);
      }
    }
  }

  /** The programs in turn within each interval, so that none waits for another's work. */
  private static List<List<Long>> sendAtPace(Scenes scenes) {
    List<List<Long>> sent = new ArrayList<>();
    scenes.all().forEach(scene -> sent.add(new ArrayList<>()));
    long step = 1_000_000_000L / A_SECOND / scenes.all().size();
    long next = System.nanoTime();
    for (int i = 0; i < WARM_UP + COUNTED; i++) {
      for (int scene = 0; scene < scenes.all().size(); scene++) {
        next += step;
        while (next - System.nanoTime() > 0) {
          LockSupport.parkNanos(next - System.nanoTime());
        }
        sent.get(scene).add(System.nanoTime());
        scenes.all().get(scene).send(1);
      }
    }
    return sent;
  }

  private static void add(Scene scene, List<Long> sent, Samples samples) {
    List<Double> waits = new ArrayList<>();
    for (int i = WARM_UP; i < sent.size(); i++) {
      // The message that was there at the start is number 0.
      waits.add((scene.askedAt(i + 1) - sent.get(i)) / NANOS);
    }
    samples.add(HALF, scene.contender(), Samples.quantile(waits, 0.5).orElseThrow());
    samples.add(MOST, scene.contender(), Samples.quantile(waits, 0.99).orElseThrow());
  }
}
