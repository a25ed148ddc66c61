package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One revision of a task definition. Guarded by the stand's lock. */
final class TaskDefinition {

  private final String family;
  private final int revision;
  private final String arn;
  private final ObjectNode document;
  private final List<JsonNode> tags;
  private boolean active = true;

  TaskDefinition(String family, int revision, String arn, ObjectNode request) {
    this.family = family;
    this.revision = revision;
    this.arn = arn;
    this.document = request.deepCopy();
    document.remove("tags");
    document.put("taskDefinitionArn", arn).put("revision", revision).put("status", "ACTIVE");
    this.tags = Json.items(request, "tags").toList();
    containers()
        .forEach(container -> ((ObjectNode) container).putIfAbsent("essential", BooleanNode.TRUE));
  }

  String family() {
    return family;
  }

  int revision() {
    return revision;
  }

  String arn() {
    return arn;
  }

  boolean active() {
    return active;
  }

  void deregister() {
    active = false;
    document.put("status", "INACTIVE");
  }

  ObjectNode document() {
    return document.deepCopy();
  }

  List<JsonNode> tags() {
    return tags;
  }

  List<JsonNode> containers() {
    return Json.items(document, "containerDefinitions").toList();
  }

  Optional<JsonNode> container(String name) {
    return containers().stream().filter(c -> Json.text(c, "name").equals(name)).findFirst();
  }

  boolean awsvpc() {
    return Json.text(document, "networkMode").equals("awsvpc");
  }

  boolean runsOn(String launchType) {
    List<String> compatible = Json.texts(document, "requiresCompatibilities");
    return compatible.isEmpty() ? !launchType.equals("FARGATE") : compatible.contains(launchType);
  }

  String cpu() {
    return Json.text(document, "cpu");
  }

  String memory() {
    return Json.text(document, "memory");
  }

  /** The variables of a container, as defined. */
  static Map<String, String> environment(JsonNode container) {
    Map<String, String> variables = new LinkedHashMap<>();
    Json.items(container, "environment")
        .forEach(pair -> variables.put(Json.text(pair, "name"), Json.text(pair, "value")));
    return variables;
  }
}
