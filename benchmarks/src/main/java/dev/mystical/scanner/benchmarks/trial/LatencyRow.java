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
  private static final String HALF_WARM = "the same after 3,000 scans, p50 (ms)";
  private static final String MOST_WARM = "the same after 3,000 scans, p99 (ms)";

  private static final int A_SECOND = 20;
  private static final int FIRST = 2 * A_SECOND;
  private static final int WARM_UP = 3_000;
  private static final int COUNTED = 15 * A_SECOND;
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Else messages that wait for their turn would hide how fast the program is. */
  private static final Map<String, String> AHEAD =
      Map.of("LAUNCH_RATE", "1000", "LAUNCH_BURST", "1000");

  private static final double NANOS = 1_000_000;

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public List<Figure> figures() {
    Goal goal = Goal.ratio(Contender.BARE, 1.2, "<= 1.2 x bare");
    return List.of(
        new Figure(HALF, "%.2f", goal),
        new Figure(MOST, "%.2f", goal),
        new Figure(HALF_WARM, "%.2f", goal),
        new Figure(MOST_WARM, "%.2f", goal));
  }

  @Override
  public void round(Places places, Samples samples) throws InterruptedException {
    try (Scenes scenes = Scenes.open(places, StubRules.WELL)) {
      List<Program> programs = new ArrayList<>();
      for (Scene scene : scenes.all()) {
        scene.send(1);
        programs.add(scene.start(AHEAD));
        settle(scene, programs.getLast());
      }
      sendAtPace(scenes, FIRST);
      measure(scenes, programs, HALF, MOST, samples);
      for (int i = 0; i < programs.size(); i++) {
        scenes.all().get(i).send(WARM_UP);
        settle(scenes.all().get(i), programs.get(i));
      }
      measure(scenes, programs, HALF_WARM, MOST_WARM, samples);
    }
  }

  private static void settle(Scene scene, Program program) throws InterruptedException {
    program.await("all launched and deleted", scene::settled, LONG);
  }

  private static void measure(
      Scenes scenes, List<Program> programs, String half, String most, Samples samples)
      throws InterruptedException {
    List<Integer> before = scenes.all().stream().map(Scene::sent).toList();
    List<List<Long>> sent = sendAtPace(scenes, COUNTED);
    for (int i = 0; i < programs.size(); i++) {
      Scene scene = scenes.all().get(i);
      settle(scene, programs.get(i));
      List<Double> waits = new ArrayList<>();
      for (int message = 0; message < COUNTED; message++) {
        long asked = scene.askedAt(before.get(i) + message);
        waits.add((asked - sent.get(i).get(message)) / NANOS);
      }
      samples.add(half, scene.contender(), Samples.quantile(waits, 0.5).orElseThrow());
      samples.add(most, scene.contender(), Samples.quantile(waits, 0.99).orElseThrow());
    }
  }

  /**
   * The programs in turn within each interval, so that none waits for another's work; answers when
   * each message was sent.
   */
  private static List<List<Long>> sendAtPace(Scenes scenes, int messages) {
    List<List<Long>> sent = new ArrayList<>();
    scenes.all().forEach(scene -> sent.add(new ArrayList<>()));
    long step = 1_000_000_000L / A_SECOND / scenes.all().size();
    long next = System.nanoTime();
    for (int i = 0; i < messages; i++) {
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
}
