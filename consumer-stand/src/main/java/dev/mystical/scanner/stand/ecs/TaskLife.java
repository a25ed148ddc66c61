package dev.mystical.scanner.stand.ecs;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Moves tasks through their life: up the {@link Ladder} to RUNNING, and down to STOPPED when their
 * time has come. Each change raises the version by one and is told as an event.
 *
 * <p>All methods are called under the account's lock. A change of plan (a stop) makes everything
 * that was due before void.
 */
final class TaskLife {

  private final Account account;
  private final EventFeed events;
  private final TaskRunner runner;

  TaskLife(Account account, EventFeed events, TaskRunner runner) {
    this.account = account;
    this.events = events;
    this.runner = runner;
  }

  void begin(StandTask task) {
    task.stamp(StandTask.Stamp.createdAt, account.now());
    task.stamp(StandTask.Stamp.connectivityAt, account.now());
    if (task.status() == TaskStatus.PENDING) {
      task.stamp(StandTask.Stamp.pullStartedAt, account.now());
    }
    account.journal().launched(task);
    publish(task);
    climbLater(task);
  }

  /**
   * StopTask: desiredStatus changes at once, lastStatus later.
   *
   * @param reason comes back as stoppedReason
   */
  void stop(StandTask task, String reason) {
    if (task.status() == TaskStatus.STOPPED) {
      return;
    }
    boolean ignored = task.ignoresThisStop();
    if (!task.doomed()) {
      doom(task, "UserInitiated", reason);
    }
    if (!ignored && !task.descending()) {
      descend(task, times().stopGrace());
    }
  }

  /** Spot takes the task back: notice now, SIGTERM now, SIGKILL when the notice is over. */
  void interrupt(StandTask task, String stopCode) {
    if (!task.doomed()) {
      doom(task, stopCode, "Your Spot Task was interrupted.");
      descend(task, times().spotNotice());
    }
  }

  private void climbLater(StandTask task) {
    if (!isStuck(task)) {
      later(task, ladder().dwell(task.status()), () -> climb(task));
    }
  }

  /** Whether it goes no further: up until it is stopped, down for good. */
  private static boolean isStuck(StandTask task) {
    for (Fate fate : task.fates()) {
      if (fate instanceof Fate.StuckIn stuck) {
        boolean sameWay = stuck.in().isBeforeRunning() == task.status().isBeforeRunning();
        return sameWay && isReached(stuck.in(), task);
      }
    }
    return false;
  }

  /** Also where the state was passed over. */
  private static boolean isReached(TaskStatus status, StandTask task) {
    return status.compareTo(task.status()) <= 0;
  }

  private void climb(StandTask task) {
    for (Fate fate : task.fates()) {
      if (fate instanceof Fate.FailsToStart failing && isReached(failing.in(), task)) {
        failToStart(task, failing.reason());
        return;
      }
    }
    TaskStatus next = ladder().after(task.status());
    if (next == TaskStatus.RUNNING) {
      runner.start(task, this);
      return;
    }
    enter(task, next);
    if (next == TaskStatus.PENDING) {
      task.stamp(StandTask.Stamp.pullStartedAt, account.now());
    }
    climbLater(task);
  }

  /** Stopped-task error codes: TaskFailedToStart, the reason at the task and at its containers. */
  void failToStart(StandTask task, String reason) {
    if (task.status() == TaskStatus.PROVISIONING) {
      task.losesContainers();
    }
    task.containers().forEach(container -> container.ends(-1, reason));
    doom(task, "TaskFailedToStart", reason);
    task.descends();
    deprovision(task);
  }

  /** All containers have started. */
  void runs(StandTask task) {
    Instant now = account.now();
    task.stamp(StandTask.Stamp.pullStoppedAt, now);
    task.stamp(StandTask.Stamp.startedAt, now);
    task.containers().forEach(StandContainer::runs);
    enter(task, TaskStatus.RUNNING);
    for (StandContainer container : task.containers()) {
      if (container.work() instanceof ContainerWork.Scripted scripted) {
        follow(task, container, scripted.fate());
      }
    }
  }

  private void follow(StandTask task, StandContainer container, Fate fate) {
    switch (fate) {
      case Fate.Exits exits ->
          later(task, exits.after(), () -> exited(task, container, exits.code(), exits.reason()));
      case Fate.Lingers lingers ->
          later(task, lingers.after(), () -> exited(task, container, lingers.code(), ""));
      case Fate.Interrupted spot ->
          later(task, spot.noticeAfter(), () -> interrupt(task, spot.stopCode()));
      case Fate.Ends ends -> later(task, ends.after(), () -> end(task, ends));
      case Fate.IgnoresStop ignoring -> task.ignoresStops(ignoring.stops());
      case Fate.RunsOn on -> {}
      case Fate.FailsToStart unreached -> {}
      case Fate.StuckIn unreached -> {}
    }
  }

  private void end(StandTask task, Fate.Ends ends) {
    task.containers().forEach(container -> container.ends(ends.exitCode(), ""));
    doom(task, ends.stopCode(), ends.stoppedReason());
    descend(task, Duration.ZERO);
  }

  /** A container has ended, by itself or because it was told to. */
  void exited(StandTask task, StandContainer container, int code, String reason) {
    if (container.ended() || task.status() == TaskStatus.STOPPED) {
      return;
    }
    container.ends(code, reason);
    if (task.descending()) {
      deprovisionWhenAllEnded(task);
      return;
    }
    if (container.essential() && !container.lingers() && !task.doomed()) {
      doom(task, "EssentialContainerExited", "Essential container in task exited");
      descend(task, times().stopGrace());
      return;
    }
    task.changes();
    publish(task);
  }

  private void doom(StandTask task, String stopCode, String reason) {
    task.doom(stopCode, reason);
    task.stamp(StandTask.Stamp.stoppingAt, account.now());
    publish(task);
  }

  private void descend(StandTask task, Duration grace) {
    if (task.status().compareTo(TaskStatus.DEPROVISIONING) >= 0) {
      return;
    }
    task.descends();
    if (task.status().isBeforeRunning()) {
      runner.killAll(task);
      task.containers().stream()
          .filter(container -> !container.ended())
          .forEach(container -> container.ends(-1, ""));
      deprovision(task);
      return;
    }
    TaskStatus next = ladder().after(task.status());
    if (next == TaskStatus.DEPROVISIONING) {
      stopContainers(task, grace);
      deprovisionWhenAllEnded(task);
      return;
    }
    enter(task, next);
    if (!isStuck(task)) {
      later(task, ladder().dwell(next), () -> descend(task, grace));
    }
  }

  private void stopContainers(StandTask task, Duration grace) {
    for (StandContainer container : task.containers()) {
      if (container.ended()) {
        continue;
      }
      if (container.work() instanceof ContainerWork.Scripted scripted) {
        int code = scripted.fate() instanceof Fate.RunsOn on ? on.codeWhenStopped() : 143;
        int seen = scripted.fate() instanceof Fate.Interrupted ? 137 : code;
        // 137 is SIGKILL: the container took no notice of SIGTERM for the whole grace.
        Duration lasts = seen == 137 ? grace : Duration.ZERO;
        later(task, lasts, () -> exited(task, container, seen, ""));
      }
      TaskProcess process = container.process();
      if (process != null) {
        process.terminate();
        account.settings().time().after(grace, () -> runner.kill(process));
      }
    }
  }

  private void deprovisionWhenAllEnded(StandTask task) {
    boolean over = task.status().compareTo(TaskStatus.DEPROVISIONING) >= 0;
    if (!over && task.allContainersEnded()) {
      deprovision(task);
    }
  }

  private void deprovision(StandTask task) {
    if (task.stamped(StandTask.Stamp.startedAt).isPresent()) {
      task.stamp(StandTask.Stamp.executionStoppedAt, account.now());
    }
    enter(task, TaskStatus.DEPROVISIONING);
    if (!isStuck(task)) {
      later(task, ladder().dwell(TaskStatus.DEPROVISIONING), () -> stopped(task));
    }
  }

  private void stopped(StandTask task) {
    task.stamp(StandTask.Stamp.stoppedAt, account.now());
    enter(task, TaskStatus.STOPPED);
    later(task, times().remembered(), () -> expire(task));
  }

  private void expire(StandTask task) {
    account.findCluster(task.clusterArn()).ifPresent(cluster -> cluster.expire(task));
    runner.forget(task);
  }

  private void enter(StandTask task, TaskStatus next) {
    task.enters(next);
    publish(task);
  }

  private void publish(StandTask task) {
    account.journal().changed(task);
    LocalEcsSettings settings = account.settings();
    events.publish(
        Json.write(
            TaskJson.event(
                task,
                UUID.randomUUID().toString(),
                settings.region(),
                settings.account(),
                account.now())));
  }

  private void later(StandTask task, Duration delay, Runnable action) {
    int plan = task.plan();
    account
        .settings()
        .time()
        .after(
            delay,
            () ->
                account.locked(() -> {
                  if (task.plan() == plan) {
                    action.run();
                  }
                  return plan;
                }));
  }

  private Ladder ladder() {
    return account.settings().ladder();
  }

  private TaskTimes times() {
    return account.settings().times();
  }
}
