package dev.mystical.scanner.app.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What happens when, from the moment on at which all replicas are there. Drawn before anything
 * happens, so that one seed is one plan.
 */
record FaultPlan(List<Step> steps) {
  static final int REPLICAS = 3;

  /** How many messages wait at the start; the others come in later. */
  private static final int FIRST = 120;

  private static final int BATCH = 20;
  private static final int LAST_SENT = 12_000;

  FaultPlan {
    steps = List.copyOf(steps);
  }

  /** One of the things that happen. */
  sealed interface Action {
    /** These messages, by number, come in. */
    record Send(int from, int to) implements Action {}

    /** A replica gets SIGKILL. */
    record Kill(int replica) implements Action {}

    /** Another process takes its place. */
    record Restart(int replica) implements Action {}

    /** Redis is gone with all it had, and another, empty one takes its place. */
    record EmptyRedis() implements Action {}
  }

  /** Something, and when. */
  record Step(Duration at, Action action) {
    @Override
    public String toString() {
      return at.toMillis() + "ms " + action;
    }
  }

  static FaultPlan drawn(int messages, RandomGenerator random) {
    List<Step> steps = new ArrayList<>();
    steps.add(step(0, new Action.Send(0, Math.min(FIRST, messages))));
    for (int from = FIRST; from < messages; from += BATCH) {
      int to = Math.min(from + BATCH, messages);
      steps.add(step(random.nextInt(500, LAST_SENT), new Action.Send(from, to)));
    }
    for (int replica = 0; replica < REPLICAS; replica++) {
      // Twice each, the second time long enough after the first to have done something in between.
      for (int from : List.of(1_000, 12_000)) {
        int kill = from + random.nextInt(8_000);
        steps.add(step(kill, new Action.Kill(replica)));
        steps.add(step(kill + random.nextInt(2_500), new Action.Restart(replica)));
      }
    }
    steps.add(step(random.nextInt(5_000, 13_000), new Action.EmptyRedis()));
    return new FaultPlan(steps.stream().sorted(Comparator.comparing(Step::at)).toList());
  }

  private static Step step(int millis, Action action) {
    return new Step(Duration.ofMillis(millis), action);
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
