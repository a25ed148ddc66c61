package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * CreateCluster, DescribeClusters and DescribeCapacityProviders. Called under the account's lock.
 */
final class ClusterCalls {

  private static final List<String> FARGATE = List.of("FARGATE", "FARGATE_SPOT");

  private final Account account;

  ClusterCalls(Account account) {
    this.account = account;
  }

  ObjectNode create(ObjectNode request) {
    String given = Json.text(request, "clusterName");
    String name = given.isEmpty() ? "default" : given;
    // CreateCluster reference: "up to 255 letters (uppercase and lowercase), numbers, underscores,
    // and
    // hyphens".
    if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
      throw EcsError.invalid("Invalid cluster name.");
    }
    Cluster cluster =
        account.createCluster(
            name,
            Json.texts(request, "capacityProviders"),
            Json.items(request, "defaultCapacityProviderStrategy").toList());
    return Json.object().set("cluster", describe(cluster));
  }

  ObjectNode describe(ObjectNode request) {
    account.take(CallGroup.CLUSTER_READ, 1);
    List<String> wanted = Json.texts(request, "clusters");
    if (wanted.size() > 100) {
      throw EcsError.invalid("At most 100 clusters.");
    }
    ObjectNode answer = Json.object();
    ArrayNode found = answer.putArray("clusters");
    ArrayNode failures = answer.putArray("failures");
    for (String name : wanted.isEmpty() ? List.of("default") : wanted) {
      Optional<Cluster> cluster = account.findCluster(name);
      cluster.ifPresent(c -> found.add(describe(c)));
      if (cluster.isEmpty()) {
        // "API failure reasons": DescribeClusters, MISSING.
        String arn = name.startsWith("arn:") ? name : account.arn("cluster", name);
        failures.addObject().put("arn", arn).put("reason", "MISSING");
      }
    }
    return answer;
  }

  ObjectNode providers(ObjectNode request) {
    account.take(CallGroup.CAPACITY_PROVIDER_READ, 1);
    List<String> wanted = Json.texts(request, "capacityProviders");
    ObjectNode answer = Json.object();
    ArrayNode found = answer.putArray("capacityProviders");
    ArrayNode failures = answer.putArray("failures");
    for (String name : wanted.isEmpty() ? FARGATE : wanted) {
      String arn = account.arn("capacity-provider", name);
      if (FARGATE.contains(name)) {
        found.addObject().put("capacityProviderArn", arn).put("name", name).put("status", "ACTIVE");
      } else {
        failures.addObject().put("arn", arn).put("reason", "MISSING");
      }
    }
    return answer;
  }

  private static JsonNode describe(Cluster cluster) {
    ObjectNode json =
        Json.object()
            .put("clusterArn", cluster.arn())
            .put("clusterName", cluster.name())
            .put("status", "ACTIVE")
            .put("registeredContainerInstancesCount", cluster.instances().size())
            .put("runningTasksCount", cluster.count(TaskStatus.RUNNING))
            .put(
                "pendingTasksCount",
                cluster.count(TaskStatus.PROVISIONING, TaskStatus.PENDING, TaskStatus.ACTIVATING))
            .put("activeServicesCount", 0);
    ArrayNode providers = json.putArray("capacityProviders");
    cluster.providers().forEach(providers::add);
    json.putArray("defaultCapacityProviderStrategy").addAll(cluster.defaultStrategy());
    return json;
  }
}
