package dev.mystical.scanner.benchmarks.trial;

import dev.mystical.scanner.benchmarks.stub.Calls;
import dev.mystical.scanner.benchmarks.stub.StubRules;
import dev.mystical.scanner.benchmarks.trial.Figure.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a scan costs in CPU time, calls, and room in Redis, when all is well. */
final class CpuRow implements Row {
  private static final String COLD = "CPU a scan, first 5,000 (ms)";
  private static final String WARM = "CPU a scan, warm (ms)";
  private static final String CALLS = "SQS and RunTask calls a scan";
  private static final String REDIS_CALLS = "Redis calls a scan";
  private static final String REDIS_CPU = "CPU of Redis a scan (ms)";
  private static final String REDIS_BYTES = "Redis bytes a live scan";
  private static final String STREAM_BYTES = "the same with the event stream";

  private static final int SCANS = 5_000;
  private static final int WARM_UP = 5_000;
  private static final Duration LONG = Duration.ofMinutes(2);

  /** What ends after the last delete, such as the answer to it. */
  private static final Duration REST = Duration.ofMillis(100);

  /** Redis lets go of the room for calls that its connections do not make some seconds later. */
  private static final Duration SHRUNK = Duration.ofSeconds(4);

  private static final Map<String, String> UNPACED =
      Map.of("LAUNCH_RATE", "1000", "LAUNCH_BURST", "1000");

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        new Figure(
            COLD,
            "%.2f",
            Goal.ratio(Contender.BARE, 1, "<= bare").and(Goal.ratio(Contender.NODE, 1, "< Node"))),
        new Figure(WARM, "%.2f", Goal.ratio(Contender.BARE, 1.5, "<= 1.5 x bare")),
        new Figure(CALLS, "%.3f", Goal.atMost(1.25, "<= 1.25")),
        new Figure(REDIS_CALLS, "%.2f", Goal.NONE),
        new Figure(REDIS_CPU, "%.2f", Goal.NONE),
        new Figure(REDIS_BYTES, "%.0f", Goal.atMost(1_500, "<= 1,500")),
        new Figure(STREAM_BYTES, "%.0f", Goal.NONE));
  }

  @Override
  public void round(Places places, Samples samples) throws InterruptedException {
    for (Contender contender : places.contenders()) {
      try (Scene scene = Scene.open(places, contender, StubRules.WELL)) {
        measure(scene, samples);
      }
    }
  }

  private static void measure(Scene scene, Samples samples) throws InterruptedException {
    Contender contender = scene.contender();
    double memory = kept(scene.redis());
    scene.send(SCANS);
    Program program = scene.start(UNPACED);
    settle(scene, program);
    samples.add(COLD, contender, program.cpuMillis() / SCANS);
    samples.add(CALLS, contender, launchCalls(scene.stub().calls()) / (double) SCANS);
    if (contender == Contender.OURS) {
      redis(scene, program, memory, samples);
    }
    scene.send(WARM_UP);
    settle(scene, program);
    double before = program.cpuMillis();
    scene.send(SCANS);
    settle(scene, program);
    samples.add(WARM, contender, (program.cpuMillis() - before) / SCANS);
  }

  private static void redis(Scene scene, Program program, double before, Samples samples)
      throws InterruptedException {
    RedisInfo redis = scene.redis();
    double cpu = redis.info("used_cpu_user") + redis.info("used_cpu_sys");
    double calls = OurMetrics.of(program).sum("scanner_redis_calls_total");
    Thread.sleep(SHRUNK);
    double bytes = kept(redis) - before;
    double streams = redis.bytes("scanner:events") + redis.bytes("scanner:errors");
    samples.add(REDIS_CALLS, Contender.OURS, calls / SCANS);
    samples.add(REDIS_CPU, Contender.OURS, cpu * 1_000 / SCANS);
    samples.add(REDIS_BYTES, Contender.OURS, (bytes - streams) / SCANS);
    samples.add(STREAM_BYTES, Contender.OURS, bytes / SCANS);
  }

  /** What Redis has in memory without the buffers of connections, which do not grow with scans. */
  private static double kept(RedisInfo redis) {
    return redis.info("used_memory")
        - redis.info("mem_clients_normal")
        - redis.info("mem_aof_buffer");
  }

  private static void settle(Scene scene, Program program) throws InterruptedException {
    program.await("all launched and deleted", scene::settled, LONG);
    Thread.sleep(REST);
  }

  /** The calls that launching takes; the looks at tasks that run are counted elsewhere. */
  private static long launchCalls(Calls calls) {
    return calls.count(
        "ReceiveMessage",
        "DeleteMessage",
        "DeleteMessageBatch",
        "ChangeMessageVisibility",
        "ChangeMessageVisibilityBatch",
        "GetQueueUrl",
        "GetQueueAttributes",
        "RunTask");
  }
}
