package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * An AWS account in one region: its clusters, task definitions and limits. Everything in it, and in
 * the tasks it holds, is guarded by its one lock, which is never held while anything waits.
 */
final class Account {

  private static final int MOST_REVISIONS = 10_000;
  private static final int MOST_CLUSTERS = 1_000;
  private static final int MOST_TRACES = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final LocalEcsSettings settings;
  private final ThrottleBuckets buckets;
  private final TaskJournal journal = new TaskJournal(MOST_TRACES);
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();
  private final Map<String, List<TaskDefinition>> families = new LinkedHashMap<>();
  private int revisions;
  private long lastTask;

  Account(LocalEcsSettings settings) {
    this.settings = settings;
    this.buckets = new ThrottleBuckets(settings.limits(), settings.time().instant());
  }

  <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  LocalEcsSettings settings() {
    return settings;
  }

  TaskJournal journal() {
    return journal;
  }

  Instant now() {
    return settings.time().instant();
  }

  void take(CallGroup group, int tokens) {
    buckets.take(group, tokens, now());
  }

  String arn(String kind, String rest) {
    return "arn:aws:ecs:" + settings.region() + ":" + settings.account() + ":" + kind + "/" + rest;
  }

  Collection<Cluster> clusters() {
    return clusters.values();
  }

  /** A cluster of this name: the one that is there, or a new one. */
  Cluster createCluster(String name, List<String> providers, List<JsonNode> defaultStrategy) {
    if (clusters.size() >= MOST_CLUSTERS && !clusters.containsKey(name)) {
      throw EcsError.client("Too many clusters for a stand.");
    }
    return clusters.computeIfAbsent(
        name,
        n ->
            new Cluster(
                n, arn("cluster", n), providers, defaultStrategy, settings.times().remembered()));
  }

  Optional<Cluster> findCluster(String nameOrArn) {
    String wanted = nameOrArn.isEmpty() ? "default" : nameOrArn;
    return clusters.values().stream()
        .filter(cluster -> cluster.name().equals(wanted) || cluster.arn().equals(wanted))
        .findFirst();
  }

  /**
   * A cluster by name or ARN; none named is "default".
   *
   * @throws EcsError ClusterNotFoundException
   */
  Cluster cluster(String nameOrArn) {
    return findCluster(nameOrArn).orElseThrow(EcsError::clusterNotFound);
  }

  TaskDefinition register(ObjectNode request) {
    if (++revisions > MOST_REVISIONS) {
      throw EcsError.client("Too many task definition revisions for a stand.");
    }
    String family = Json.text(request, "family");
    List<TaskDefinition> all = families.computeIfAbsent(family, f -> new ArrayList<>());
    int revision = all.size() + 1;
    String arn = arn("task-definition", family + ":" + revision);
    TaskDefinition definition = new TaskDefinition(family, revision, arn, request);
    all.add(definition);
    return definition;
  }

  /** A task definition by family (the latest ACTIVE one), family:revision or ARN. */
  Optional<TaskDefinition> findDefinition(String reference) {
    String prefix = arn("task-definition", "");
    String name = reference.startsWith(prefix) ? reference.substring(prefix.length()) : reference;
    int colon = name.lastIndexOf(':');
    if (colon < 0) {
      return families.getOrDefault(name, List.of()).reversed().stream()
          .filter(TaskDefinition::active)
          .findFirst();
    }
    return families.getOrDefault(name.substring(0, colon), List.of()).stream()
        .filter(definition -> name.endsWith(":" + definition.revision()))
        .findFirst();
  }

  StandTask.TaskName nextTask(Cluster cluster) {
    String id = newId();
    return new StandTask.TaskName(
        id, arn("task", cluster.name() + "/" + id), cluster.arn(), ++lastTask);
  }

  static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** vCPUs that tasks on Fargate hold until they have STOPPED. */
  double vcpus(boolean spot) {
    return clusters.values().stream()
        .flatMap(cluster -> cluster.tasks().stream())
        .filter(task -> task.status() != TaskStatus.STOPPED)
        .filter(task -> task.placement().fargate() && task.placement().spot() == spot)
        .mapToDouble(task -> vcpus(task.cpu()))
        .sum();
  }

  /** CPU units, or "n vCPU". */
  static double vcpus(String cpu) {
    try {
      return cpu.toLowerCase(Locale.ROOT).endsWith("vcpu")
          ? Double.parseDouble(cpu.substring(0, cpu.length() - 4).strip())
          : Double.parseDouble(cpu) / 1024;
    } catch (NumberFormatException e) {
      return 0.25;
    }
  }
}
