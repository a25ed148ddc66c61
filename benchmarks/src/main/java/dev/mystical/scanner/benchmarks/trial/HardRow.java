package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.StubRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What becomes of scans in hard times; counts, which say the same on every machine. */
final class HardRow implements Row {
  private static final Map<String, String> UNPACED =
      Map.of("LAUNCH_RATE", "1000", "LAUNCH_BURST", "1000");
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final int WHILE_AWAY = 50;

  private static final List<Hardship> HARDSHIPS =
      List.of(
          new Hardship(
              "RunTask 3 s, visibility 2 s",
              StubRules.WELL
                  .withVisibility(Duration.ofSeconds(2))
                  .withLaunchTime(Duration.ofSeconds(3)),
              50,
              Map.of(),
              HardRow::all),
          new Hardship(
              "1 % duplicates", StubRules.WELL.withDuplicates(0.01), 2_000, UNPACED, HardRow::all),
          new Hardship(
              "half of RunTask throttled",
              StubRules.WELL.withVisibility(Duration.ofSeconds(10)).withRefused(0.5),
              200,
              Map.of(),
              HardRow::all),
          new Hardship(
              "ECS away for 20 s",
              StubRules.WELL.withVisibility(Duration.ofSeconds(2)),
              1,
              Map.of(),
              HardRow::outage),
          new Hardship(
              "SIGTERM amid a flood",
              StubRules.WELL
                  .withVisibility(Duration.ofSeconds(5))
                  .withLaunchTime(Duration.ofMillis(200)),
              500,
              UNPACED,
              HardRow::terminated));

  @Override
  public String name() {
    return "hard";
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public List<Figure> figures() {
    return HARDSHIPS.stream().flatMap(it -> it.figures().stream()).toList();
  }

  @Override
  public void round(Places places, Samples samples) throws InterruptedException {
    for (Hardship hardship : HARDSHIPS) {
      hardship.measure(places, samples);
    }
  }

  private static List<Program> all(Scenes scenes, Map<String, String> settings) {
    return scenes.all().stream().map(scene -> scene.start(settings)).toList();
  }

  private static List<Program> outage(Scenes scenes, Map<String, String> settings)
      throws InterruptedException {
    List<Program> programs = all(scenes, settings);
    for (int i = 0; i < programs.size(); i++) {
      programs.get(i).await("those before it launched", scenes.all().get(i)::settled, LONG);
    }
    scenes.all().forEach(scene -> scene.stub().ecsDown(true));
    scenes.send(WHILE_AWAY);
    Thread.sleep(Duration.ofSeconds(20));
    scenes.all().forEach(scene -> scene.stub().ecsDown(false));
    return programs;
  }

  /** Each is asked to end after a good third of its launches, and started again when it has. */
  private static List<Program> terminated(Scenes scenes, Map<String, String> settings)
      throws InterruptedException {
    List<Program> second = new ArrayList<>();
    for (Scene scene : scenes.all()) {
      Program first = scene.start(settings);
      first.await(
          "a third launched", () -> scene.stub().tasks().starters() >= scene.sent() * 2 / 5, LONG);
      first.terminate(LONG);
      second.add(scene.start(settings));
    }
    return second;
  }
}
