package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.Calls;
import dev.mystical.scanner.benchmarks.stub.StubRules;
import dev.mystical.scanner.benchmarks.trial.Figure.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a process costs that has nothing to do; three of each at the same time. */
final class IdleRow implements Row {
  private static final String MEMORY = "resident memory, idle (MB)";
  private static final String CALLS = "SQS calls an idle minute";
  private static final String CPU = "CPU an idle minute (ms)";

  private static final int EACH = 3;
  private static final Duration START = Duration.ofMinutes(1);

  /** The first walk through the dead letters and the ledger's first comparison are over then. */
  private static final Duration SETTLE = Duration.ofSeconds(15);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public int rounds() {
    return 1;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure(MEMORY, "%.0f", Goal.atMost(100, "<= 100")),
        new Figure(CALLS, "%.0f", Goal.atMost(4, "<= 4")),
        new Figure(CPU, "%.0f", Goal.NONE));
  }

  @Override
  public void round(Places places, Samples samples) throws InterruptedException {
    List<Scenes> trials = new ArrayList<>();
    try {
      List<Idler> idlers = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        Scenes scenes = Scenes.open(places, StubRules.WELL);
        trials.add(scenes);
        for (Scene scene : scenes.all()) {
          Program program = scene.start(Map.of());
          program.await("a receive", () -> scene.stub().calls().count("ReceiveMessage") > 0, START);
          idlers.add(new Idler(scene, program));
        }
      }
      Thread.sleep(SETTLE);
      idlers.forEach(Idler::begin);
      Thread.sleep(MINUTE);
      idlers.forEach(idler -> idler.end(samples));
    } finally {
      trials.forEach(Scenes::close);
    }
  }

  /** One process in its idle minute. */
  private static final class Idler {
    private final Scene scene;
    private final Program program;
    private long calls;
    private double cpu;

    Idler(Scene scene, Program program) {
      this.scene = scene;
      this.program = program;
    }

    void begin() {
      calls = sqs(scene.stub().calls());
      cpu = program.cpuMillis();
    }

    void end(Samples samples) {
      samples.add(CALLS, scene.contender(), (double) (sqs(scene.stub().calls()) - calls));
      samples.add(CPU, scene.contender(), program.cpuMillis() - cpu);
      samples.add(MEMORY, scene.contender(), program.residentMegabytes());
    }

    private static long sqs(Calls calls) {
      return calls.count(
          "ReceiveMessage",
          "DeleteMessageBatch",
          "ChangeMessageVisibilityBatch",
          "GetQueueUrl",
          "GetQueueAttributes");
    }
  }
}
