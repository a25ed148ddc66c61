package dev.mystical.scanner.stand.ecs;

import org.jspecify.annotations.Nullable;

/** A container of a task. Guarded by the stand's lock. */
final class StandContainer {

  private final String arn;
  private final ContainerSpec spec;
  private final boolean essential;
  private final ContainerWork work;
  private String status = "PENDING";
  private @Nullable Integer exitCode;
  private String reason = "";
  private @Nullable TaskProcess process;

  StandContainer(String arn, ContainerSpec spec, boolean essential, ContainerWork work) {
    this.arn = arn;
    this.spec = spec;
    this.essential = essential;
    this.work = work;
  }

  String arn() {
    return arn;
  }

  ContainerSpec spec() {
    return spec;
  }

  boolean essential() {
    return essential;
  }

  ContainerWork work() {
    return work;
  }

  String status() {
    return status;
  }

  @Nullable Integer exitCode() {
    return exitCode;
  }

  String reason() {
    return reason;
  }

  @Nullable TaskProcess process() {
    return process;
  }

  boolean ended() {
    return status.equals("STOPPED");
  }

  /** Its end is not its task's. */
  boolean lingers() {
    return work instanceof ContainerWork.Scripted scripted
        && scripted.fate() instanceof Fate.Lingers;
  }

  void runs() {
    status = "RUNNING";
  }

  void runsAs(TaskProcess started) {
    process = started;
  }

  /** An exit code below zero is none: ECS shows one only where a process has ended. */
  void ends(int code, String why) {
    status = "STOPPED";
    exitCode = code < 0 ? null : Integer.valueOf(code);
    reason = why;
    process = null;
  }
}
