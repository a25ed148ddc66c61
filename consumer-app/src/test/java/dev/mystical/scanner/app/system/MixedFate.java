package dev.mystical.scanner.app.system;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.stand.ecs.Fate;
import dev.mystical.scanner.stand.ecs.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What becomes of the tasks of one run, and how the run is to end for it. */
enum MixedFate {
  EXITS_WITH_0(100, 1),
  EXITS_WITH_1(30, 1),
  EXITS_WITH_3(20, 1),
  OUT_OF_MEMORY(20, 1),
  RUNS_ON(20, 1),
  MISSES_ITS_IMAGE(15, 1),
  GETS_NO_NETWORK_ONCE(20, 2),
  NEVER_STARTS(8, 3),
  DOES_NOT_START_ONCE(7, 2),
  TAKEN_BY_SPOT_ONCE(20, 2),
  IGNORES_TWO_STOPS(5, 1),
  SIDECAR_ENDS_IT(10, 1),
  SIDECAR_FAILS(10, 1),
  /** It would run on. */
  IS_CANCELLED(15, 1);

  /** The provider whose tasks have sidecars, and their names. */
  static final String WITH_SIDECARS = "third";

  static final String PROXY = "proxy";
  static final String LOG_ROUTER = "log-router";

  private final int scans;
  private final int attempts;

  /** How a run ends. */
  record End(RunStatus status, Optional<ErrorCode> code) {
    static End of(Run run) {
      return new End(run.status(), run.error().map(ScanError::code));
    }
  }

  MixedFate(int scans, int attempts) {
    this.scans = scans;
    this.attempts = attempts;
  }

  /** How many of three hundred scans have it. */
  int scans() {
    return scans;
  }

  /** How many tasks it takes. */
  int attempts() {
    return attempts;
  }

  End end() {
    return switch (this) {
      case EXITS_WITH_0,
          GETS_NO_NETWORK_ONCE,
          DOES_NOT_START_ONCE,
          TAKEN_BY_SPOT_ONCE,
          SIDECAR_FAILS ->
          new End(RunStatus.SUCCEEDED, Optional.empty());
      case EXITS_WITH_1, EXITS_WITH_3, SIDECAR_ENDS_IT ->
          new End(RunStatus.FAILED, Optional.of(ErrorCode.TASK_FAILED));
      case OUT_OF_MEMORY -> new End(RunStatus.FAILED, Optional.of(ErrorCode.OUT_OF_MEMORY));
      case MISSES_ITS_IMAGE -> new End(RunStatus.FAILED, Optional.of(ErrorCode.ECS_CONFIG));
      case RUNS_ON, IGNORES_TWO_STOPS ->
          new End(RunStatus.TIMED_OUT, Optional.of(ErrorCode.RUN_TIMEOUT));
      case NEVER_STARTS -> new End(RunStatus.TIMED_OUT, Optional.of(ErrorCode.START_TIMEOUT));
      case IS_CANCELLED -> new End(RunStatus.CANCELLED, Optional.empty());
    };
  }

  String provider() {
    return this == SIDECAR_ENDS_IT || this == SIDECAR_FAILS ? WITH_SIDECARS : "sonar";
  }

  /** Those that take longest come first, so that a test need not wait for them alone. */
  boolean slow() {
    return switch (this) {
      case IGNORES_TWO_STOPS, NEVER_STARTS, DOES_NOT_START_ONCE -> true;
      case EXITS_WITH_0,
          EXITS_WITH_1,
          EXITS_WITH_3,
          OUT_OF_MEMORY,
          RUNS_ON,
          MISSES_ITS_IMAGE,
          GETS_NO_NETWORK_ONCE,
          TAKEN_BY_SPOT_ONCE,
          SIDECAR_ENDS_IT,
          SIDECAR_FAILS,
          IS_CANCELLED ->
          false;
    };
  }

  /** What the scanning containers of its tasks do, in order; the last one's fate is all others'. */
  List<Fate> tasks(RandomGenerator random) {
    Duration soon = Duration.ofMillis(random.nextInt(200, 4_000));
    Fate succeeds = Fate.exits(0, soon);
    return switch (this) {
      case EXITS_WITH_0, SIDECAR_FAILS -> List.of(succeeds);
      case EXITS_WITH_1 -> List.of(Fate.exits(1, soon));
      case EXITS_WITH_3 -> List.of(Fate.exits(3, soon));
      case OUT_OF_MEMORY -> List.of(Fate.outOfMemory(soon));
      case RUNS_ON, SIDECAR_ENDS_IT, IS_CANCELLED -> List.of(Fate.runsOn());
      case MISSES_ITS_IMAGE ->
          List.of(
              new Fate.FailsToStart(
                  TaskStatus.PENDING,
                  "CannotPullContainerError: pull image manifest has been retried 1 time(s): "
                      + "failed to resolve ref docker.io/acme/scanner:9: not found"));
      case GETS_NO_NETWORK_ONCE ->
          List.of(
              Fate.failsToStart("Timeout waiting for network interface provisioning to complete."),
              succeeds);
      case NEVER_STARTS -> List.of(new Fate.StuckIn(TaskStatus.PROVISIONING));
      case DOES_NOT_START_ONCE -> List.of(new Fate.StuckIn(TaskStatus.PROVISIONING), succeeds);
      case TAKEN_BY_SPOT_ONCE -> List.of(Fate.interrupted(soon), succeeds);
      case IGNORES_TWO_STOPS -> List.of(new Fate.IgnoresStop(2));
    };
  }

  /** What a sidecar does that has no fate of its own here: it runs as long as its task. */
  Fate sidecar(String name, RandomGenerator random) {
    Duration soon = Duration.ofMillis(random.nextInt(100, 2_000));
    boolean proxy = name.equals(PROXY);
    return switch (this) {
      case SIDECAR_ENDS_IT -> proxy ? Fate.exits(1, soon) : Fate.runsOn();
      case SIDECAR_FAILS -> proxy ? Fate.runsOn() : Fate.exits(137, Duration.ofMillis(100));
      case EXITS_WITH_0,
          EXITS_WITH_1,
          EXITS_WITH_3,
          OUT_OF_MEMORY,
          RUNS_ON,
          MISSES_ITS_IMAGE,
          GETS_NO_NETWORK_ONCE,
          NEVER_STARTS,
          DOES_NOT_START_ONCE,
          TAKEN_BY_SPOT_ONCE,
          IGNORES_TWO_STOPS,
          IS_CANCELLED ->
          Fate.runsOn();
    };
  }
}
