package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A task as JSON: in answers with epoch seconds, in events with ISO times and other small words.
 */
final class TaskJson {

  private TaskJson() {}

  /** As in answers ("Task", API Reference). */
  static ObjectNode answer(StandTask task, boolean withTags) {
    ObjectNode json = common(task, "ElasticNetworkInterface");
    for (StandTask.Stamp stamp : StandTask.Stamp.values()) {
      task.stamped(stamp).ifPresent(at -> json.put(stamp.name(), epoch(at)));
    }
    json.put("enableExecuteCommand", false).put("healthStatus", "UNKNOWN");
    ArrayNode tags = json.putArray("tags");
    if (withTags) {
      task.tags().forEach(tags::add);
    }
    return json;
  }

  /** All that a replay still tells of a stopped task ("Ensuring idempotency", API Reference). */
  static ObjectNode remembered(StandTask task) {
    return Json.object()
        .put("taskArn", task.arn())
        .put("lastStatus", task.status().name())
        .put("desiredStatus", "STOPPED");
  }

  /** An "ECS Task State Change" event: no tags, type "eni" (containers-roadmap#2317, #2329). */
  static ObjectNode event(
      StandTask task, String eventId, String region, String account, Instant at) {
    ObjectNode event =
        Json.object()
            .put("version", "0")
            .put("id", eventId)
            .put("detail-type", "ECS Task State Change")
            .put("source", "aws.ecs")
            .put("account", account)
            .put("time", at.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", region);
    event.putArray("resources").add(task.arn());
    ObjectNode detail = common(task, "eni");
    for (StandTask.Stamp stamp : StandTask.Stamp.values()) {
      task.stamped(stamp).ifPresent(when -> detail.put(stamp.name(), millis(when).toString()));
    }
    detail.put("updatedAt", millis(at).toString());
    event.set("detail", detail);
    return event;
  }

  private static ObjectNode common(StandTask task, String attachmentType) {
    ObjectNode json = Json.object();
    json.set("attachments", attachments(task, attachmentType));
    json.put("availabilityZone", zone(task))
        .put("clusterArn", task.clusterArn())
        .put("connectivity", "CONNECTED")
        .put("cpu", task.cpu())
        .put("memory", task.memory())
        .put("desiredStatus", task.doomed() ? "STOPPED" : "RUNNING")
        .put("lastStatus", task.status().name())
        .put("group", task.group())
        .put("launchType", task.placement().launchType())
        .put("taskArn", task.arn())
        .put("taskDefinitionArn", task.definition().arn())
        .put("version", task.version());
    if (task.placement().fargate()) {
      json.put("platformVersion", task.platformVersion()).put("platformFamily", "Linux");
    }
    putUnlessEmpty(json, "containerInstanceArn", task.placement().containerInstance());
    putUnlessEmpty(json, "capacityProviderName", task.placement().capacityProvider());
    putUnlessEmpty(json, "startedBy", task.startedBy());
    putUnlessEmpty(json, "stopCode", task.stopCode());
    putUnlessEmpty(json, "stoppedReason", task.stoppedReason());
    ObjectNode overrides = Json.object();
    overrides.putArray("containerOverrides");
    overrides.putArray("inferenceAcceleratorOverrides");
    if (task.overrides() instanceof ObjectNode given) {
      overrides.setAll(given.deepCopy());
    }
    json.set("overrides", overrides);
    json.set("containers", containers(task));
    return json;
  }

  /**
   * A task of a capacity provider shows no containers while PROVISIONING (apache/airflow#51429),
   * any other shows them as PENDING.
   */
  private static ArrayNode containers(StandTask task) {
    ArrayNode list = Json.array();
    boolean shown =
        task.status() != TaskStatus.PROVISIONING || task.placement().capacityProvider().isEmpty();
    if (shown) {
      task.containers().forEach(container -> list.add(container(task, container)));
    }
    return list;
  }

  private static ObjectNode container(StandTask task, StandContainer container) {
    ObjectNode json =
        Json.object()
            .put("containerArn", container.arn())
            .put("taskArn", task.arn())
            .put("name", container.spec().name())
            .put("image", container.spec().image())
            .put("lastStatus", container.status())
            .put("healthStatus", "UNKNOWN")
            .put("cpu", "0");
    Integer exitCode = container.exitCode();
    if (exitCode != null) {
      json.put("exitCode", exitCode);
    }
    putUnlessEmpty(json, "reason", container.reason());
    json.putArray("networkBindings");
    ArrayNode interfaces = json.putArray("networkInterfaces");
    if (task.definition().awsvpc()) {
      interfaces
          .addObject()
          .put("attachmentId", attachmentId(task))
          .put("privateIpv4Address", "10.0.0.1");
    }
    return json;
  }

  private static ArrayNode attachments(StandTask task, String type) {
    ArrayNode list = Json.array();
    if (!task.definition().awsvpc()) {
      return list;
    }
    ObjectNode eni =
        list.addObject()
            .put("id", attachmentId(task))
            .put("type", type)
            .put("status", attachmentStatus(task.status()));
    ArrayNode details = eni.putArray("details");
    details.addObject().put("name", "subnetId").put("value", subnet(task));
    if (task.status() != TaskStatus.PROVISIONING) {
      details
          .addObject()
          .put("name", "networkInterfaceId")
          .put("value", "eni-" + task.id().substring(0, 17));
      details.addObject().put("name", "privateIPv4Address").put("value", "10.0.0.1");
    }
    return list;
  }

  private static String attachmentStatus(TaskStatus status) {
    return switch (status) {
      case PROVISIONING -> "PRECREATED";
      case PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING -> "ATTACHED";
      case DEPROVISIONING, STOPPED -> "DELETED";
    };
  }

  private static String subnet(StandTask task) {
    List<String> subnets = Json.texts(task.network(), "subnets");
    return subnets.isEmpty() ? "" : subnets.get((int) (task.number() % subnets.size()));
  }

  private static String zone(StandTask task) {
    String region = task.arn().split(":", -1)[3];
    int subnets = Math.max(1, Json.texts(task.network(), "subnets").size());
    return region + (char) ('a' + (int) (task.number() % subnets));
  }

  private static String attachmentId(StandTask task) {
    String id = task.id();
    return String.join(
        "-",
        id.substring(0, 8),
        id.substring(8, 12),
        id.substring(12, 16),
        id.substring(16, 20),
        id.substring(20));
  }

  private static Instant millis(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }

  private static BigDecimal epoch(Instant at) {
    return BigDecimal.valueOf(at.toEpochMilli(), 3);
  }

  private static void putUnlessEmpty(ObjectNode json, String field, String value) {
    if (!value.isEmpty()) {
      json.put(field, value);
    }
  }
}
