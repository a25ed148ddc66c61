package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a task of a request: its containers, their environment and work, its tags. */
final class TaskFactory {

  private final Account account;
  private final Fates fates;
  private final TaskRunner runner;

  TaskFactory(Account account, Fates fates, TaskRunner runner) {
    this.account = account;
    this.fates = fates;
    this.runner = runner;
  }

  StandTask create(
      ObjectNode request, Cluster cluster, TaskDefinition definition, Placement placement) {
    StandTask.TaskName name = account.nextTask(cluster);
    StandTask task =
        new StandTask(
            name,
            definition,
            request.deepCopy(),
            placement,
            tags(request, cluster, definition),
            containers(request, cluster, definition, placement));
    cluster.add(task).ifPresent(runner::forget);
    return task;
  }

  private List<StandContainer> containers(
      ObjectNode request, Cluster cluster, TaskDefinition definition, Placement placement) {
    List<StandContainer> made = new ArrayList<>();
    boolean essentialSeen = false;
    for (JsonNode defined : definition.containers()) {
      boolean essential = defined.path("essential").asBoolean(true);
      ContainerSpec spec = spec(request, definition, defined);
      boolean firstEssential = essential && !essentialSeen;
      essentialSeen |= essential;
      ContainerWork work =
          fates
              .take(spec, placement, firstEssential)
              .<ContainerWork>map(ContainerWork.Scripted::new)
              .orElseGet(() -> account.settings().commands().workOf(spec));
      String arn = account.arn("container", cluster.name() + "/" + Account.newId());
      made.add(new StandContainer(arn, spec, essential, work));
    }
    return made;
  }

  private static ContainerSpec spec(
      ObjectNode request, TaskDefinition definition, JsonNode defined) {
    String name = Json.text(defined, "name");
    Map<String, String> environment = new LinkedHashMap<>(TaskDefinition.environment(defined));
    List<String> command = Json.texts(defined, "command");
    for (JsonNode override : request.path("overrides").path("containerOverrides")) {
      if (Json.text(override, "name").equals(name)) {
        environment.putAll(TaskDefinition.environment(override));
        List<String> other = Json.texts(override, "command");
        command = other.isEmpty() ? command : other;
      }
    }
    return new ContainerSpec(
        definition.family(),
        name,
        Json.text(defined, "image"),
        command,
        environment,
        Json.text(request, "startedBy"));
  }

  /** "Tagging Amazon ECS resources": the request's, those propagated, and the managed ones. */
  private static List<JsonNode> tags(
      ObjectNode request, Cluster cluster, TaskDefinition definition) {
    Map<String, JsonNode> tags = new LinkedHashMap<>();
    if (Json.text(request, "propagateTags").equals("TASK_DEFINITION")) {
      definition.tags().forEach(tag -> tags.put(Json.text(tag, "key"), tag));
    }
    Json.items(request, "tags").forEach(tag -> tags.put(Json.text(tag, "key"), tag));
    if (request.path("enableECSManagedTags").asBoolean(false)) {
      String key = "aws:ecs:clusterName";
      tags.put(key, Json.object().put("key", key).put("value", cluster.name()));
    }
    return List.copyOf(tags.values());
  }
}
