package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster, its tasks and its tokens. Guarded by the stand's lock. */
final class Cluster {

  /** Beyond these the oldest stopped task expires before its hour. */
  private static final int MOST_TASKS = 50_000;

  private static final int MOST_TOKENS = 100_000;

  private final String name;
  private final String arn;
  private final List<String> providers;
  private final List<JsonNode> defaultStrategy;
  private final TokenLedger tokens;
  private final Map<String, StandTask> tasks = new LinkedHashMap<>();
  private final List<ContainerInstance> instances = new ArrayList<>();

  Cluster(
      String name,
      String arn,
      List<String> providers,
      List<JsonNode> defaultStrategy,
      Duration remembered) {
    this.tokens = new TokenLedger(MOST_TOKENS, remembered);
    this.name = name;
    this.arn = arn;
    this.providers = List.copyOf(providers);
    this.defaultStrategy = List.copyOf(defaultStrategy);
  }

  String name() {
    return name;
  }

  String arn() {
    return arn;
  }

  List<String> providers() {
    return providers;
  }

  List<JsonNode> defaultStrategy() {
    return defaultStrategy;
  }

  TokenLedger tokens() {
    return tokens;
  }

  Collection<StandTask> tasks() {
    return tasks.values();
  }

  Optional<StandTask> task(String id) {
    return Optional.ofNullable(tasks.get(id));
  }

  List<ContainerInstance> instances() {
    return List.copyOf(instances);
  }

  void join(ContainerInstance instance) {
    instances.add(instance);
  }

  /** What is left of an instance; a task gives its share back when it has STOPPED. */
  Need room(ContainerInstance instance) {
    int cpu = instance.cpu();
    int memory = instance.memory();
    for (StandTask task : tasks.values()) {
      boolean here = task.placement().containerInstance().equals(instance.arn());
      if (here && task.status() != TaskStatus.STOPPED) {
        cpu -= task.need().cpu();
        memory -= task.need().memory();
      }
    }
    return new Need(cpu, memory);
  }

  /** Adds a task, and returns the one that had to make room for it, if any. */
  Optional<StandTask> add(StandTask task) {
    tasks.put(task.id(), task);
    if (tasks.size() <= MOST_TASKS) {
      return Optional.empty();
    }
    Iterator<StandTask> oldest = tasks.values().iterator();
    while (oldest.hasNext()) {
      StandTask candidate = oldest.next();
      if (candidate.status() == TaskStatus.STOPPED) {
        oldest.remove();
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  void expire(StandTask task) {
    tasks.remove(task.id());
  }

  long count(TaskStatus... statuses) {
    List<TaskStatus> counted = List.of(statuses);
    return tasks.values().stream().filter(task -> counted.contains(task.status())).count();
  }
}
