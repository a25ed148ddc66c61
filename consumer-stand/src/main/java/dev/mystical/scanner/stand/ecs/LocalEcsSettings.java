package dev.mystical.scanner.stand.ecs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a local ECS is made of.
 *
 * @param time its clock; closed with it
 * @param region in its ARNs
 * @param account in its ARNs
 * @param ladder the times of a task's states
 * @param limits throttling and quotas
 * @param visibleAfter how long a new task is MISSING to all who ask ("eventual consistency",
 *     RunTask)
 * @param times what AWS waits with a task's end
 * @param commands what containers do
 * @param events where task events go
 * @param folder where tasks work; a temporary one where null
 */
public record LocalEcsSettings(
    StandTime time,
    String region,
    String account,
    Ladder ladder,
    Limits limits,
    Duration visibleAfter,
    TaskTimes times,
    ContainerCommands commands,
    TaskEvents events,
    @Nullable Path folder) {

  /** Real time, quick states, documented limits, containers that end with 0 at once. */
  public static LocalEcsSettings defaults() {
    return new LocalEcsSettings(
        StandTime.real(),
        "us-east-1",
        "123456789012",
        Ladder.instant(),
        Limits.documented(),
        Duration.ZERO,
        TaskTimes.documented(),
        ContainerCommands.all(Fate.exits(0, Duration.ZERO)),
        TaskEvents.nobody(),
        null);
  }

  public LocalEcsSettings withTime(StandTime value) {
    return new LocalEcsSettings(
        value, region, account, ladder, limits, visibleAfter, times, commands, events, folder);
  }

  public LocalEcsSettings withRegion(String value) {
    return new LocalEcsSettings(
        time, value, account, ladder, limits, visibleAfter, times, commands, events, folder);
  }

  public LocalEcsSettings withLadder(Ladder value) {
    return new LocalEcsSettings(
        time, region, account, value, limits, visibleAfter, times, commands, events, folder);
  }

  public LocalEcsSettings withLimits(Limits value) {
    return new LocalEcsSettings(
        time, region, account, ladder, value, visibleAfter, times, commands, events, folder);
  }

  public LocalEcsSettings withVisibleAfter(Duration value) {
    return new LocalEcsSettings(
        time, region, account, ladder, limits, value, times, commands, events, folder);
  }

  public LocalEcsSettings withTimes(TaskTimes value) {
    return new LocalEcsSettings(
        time, region, account, ladder, limits, visibleAfter, value, commands, events, folder);
  }

  public LocalEcsSettings withStopGrace(Duration value) {
    return withTimes(times.withStopGrace(value));
  }

  public LocalEcsSettings withCommands(ContainerCommands value) {
    return new LocalEcsSettings(
        time, region, account, ladder, limits, visibleAfter, times, value, events, folder);
  }

  public LocalEcsSettings withEvents(TaskEvents value) {
    return new LocalEcsSettings(
        time, region, account, ladder, limits, visibleAfter, times, commands, value, folder);
  }

  public LocalEcsSettings withFolder(Path value) {
    return new LocalEcsSettings(
        time, region, account, ladder, limits, visibleAfter, times, commands, events, value);
  }

  Optional<Path> givenFolder() {
    return Optional.ofNullable(folder);
  }
}
