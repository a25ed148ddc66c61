package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * RegisterTaskDefinition, DescribeTaskDefinition and DeregisterTaskDefinition. Called under the
 * account's lock.
 */
final class DefinitionCalls {

  private final Account account;

  DefinitionCalls(Account account) {
    this.account = account;
  }

  ObjectNode register(ObjectNode request) {
    account.take(CallGroup.TASK_DEFINITION_MODIFY, 1);
    check(request);
    return answer(account.register(request), true);
  }

  ObjectNode describe(ObjectNode request) {
    account.take(CallGroup.TASK_DEFINITION_READ, 1);
    TaskDefinition definition =
        account
            .findDefinition(Json.text(request, "taskDefinition"))
            .orElseThrow(() -> EcsError.client("Unable to describe task definition."));
    return answer(definition, Json.texts(request, "include").contains("TAGS"));
  }

  ObjectNode deregister(ObjectNode request) {
    account.take(CallGroup.TASK_DEFINITION_MODIFY, 1);
    String reference = Json.text(request, "taskDefinition");
    // DeregisterTaskDefinition reference: "You must specify a revision".
    if (!reference.contains(":")) {
      throw EcsError.client("The task definition needs a revision.");
    }
    TaskDefinition definition =
        account
            .findDefinition(reference)
            .orElseThrow(() -> EcsError.client("Unable to describe task definition."));
    definition.deregister();
    return answer(definition, false);
  }

  private static ObjectNode answer(TaskDefinition definition, boolean withTags) {
    ObjectNode answer = Json.object();
    answer.set("taskDefinition", definition.document());
    if (withTags) {
      answer.putArray("tags").addAll(definition.tags());
    }
    return answer;
  }

  private static void check(ObjectNode request) {
    if (!Json.text(request, "family").matches("[A-Za-z0-9_-]{1,255}")) {
      throw EcsError.client("Invalid family.");
    }
    List<JsonNode> containers = Json.items(request, "containerDefinitions").toList();
    // "Amazon ECS endpoints and quotas": 10 containers, 64 KB.
    if (containers.isEmpty() || containers.size() > 10) {
      throw EcsError.client("A task definition has 1 to 10 containers.");
    }
    if (Json.write(request).length() > 64 * 1024) {
      throw EcsError.client("A task definition has at most 64 KB.");
    }
    Set<String> names = new HashSet<>();
    boolean essential = false;
    for (JsonNode container : containers) {
      String name = Json.text(container, "name");
      if (name.isEmpty() || !names.add(name)) {
        throw EcsError.client("Container names are needed and unique.");
      }
      essential |= container.path("essential").asBoolean(true);
    }
    if (!essential) {
      throw EcsError.client("At least one container must be essential.");
    }
    checkFargate(request);
  }

  /** "Fargate task definition considerations": awsvpc, and cpu and memory at the task. */
  private static void checkFargate(ObjectNode request) {
    if (!Json.texts(request, "requiresCompatibilities").contains("FARGATE")) {
      return;
    }
    if (!Json.text(request, "networkMode").equals("awsvpc")) {
      throw EcsError.client("Fargate only supports network mode 'awsvpc'.");
    }
    if (Json.text(request, "cpu").isEmpty() || Json.text(request, "memory").isEmpty()) {
      throw EcsError.client(
          "Fargate requires that 'cpu' and 'memory' be defined at the task level.");
    }
  }
}
