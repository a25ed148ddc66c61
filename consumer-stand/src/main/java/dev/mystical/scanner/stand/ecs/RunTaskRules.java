package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What RunTask refuses about a request. The numbers and sets are those of "RunTask",
 * "TaskOverride", "AwsVpcConfiguration", "Tag" and "CapacityProviderStrategyItem" in the API
 * Reference and of the service model of the SDKs.
 */
final class RunTaskRules {

  /** TaskOverride: "the total length … including the JSON formatting characters". */
  private static final int MOST_OVERRIDES = 8192;

  private static final Pattern STARTED_BY = Pattern.compile("[A-Za-z0-9/_-]{1,128}");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,64}");
  private static final Set<String> LAUNCH_TYPES =
      Set.of("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES");

  private RunTaskRules() {}

  /** What can be seen in the request alone. */
  static void checkRequest(ObjectNode request) {
    String definition = Json.text(request, "taskDefinition");
    refuseIf(definition.isEmpty(), "TaskDefinition can not be blank.");
    int count = request.path("count").asInt(1);
    refuseIf(count < 1 || count > 10, "Task count must be between 1 and 10.");
    checkText(request, "startedBy", STARTED_BY);
    checkText(request, "clientToken", TOKEN);
    checkLaunch(request);
    checkNetwork(request);
    checkTags(request);
    checkOverrides(request.path("overrides"));
    refuseIf(
        request.path("placementConstraints").size() > 10
            || request.path("placementStrategy").size() > 5,
        "Too many placement constraints or strategies.");
  }

  private static void checkText(ObjectNode request, String field, Pattern allowed) {
    String value = Json.text(request, field);
    refuseIf(
        request.hasNonNull(field) && !allowed.matcher(value).matches(),
        field + " must match " + allowed.pattern());
  }

  private static void checkLaunch(ObjectNode request) {
    String launchType = Json.text(request, "launchType");
    List<JsonNode> strategy = Json.items(request, "capacityProviderStrategy").toList();
    refuseIf(!launchType.isEmpty() && !LAUNCH_TYPES.contains(launchType), "launchType is unknown.");
    refuseIf(
        !launchType.isEmpty() && !strategy.isEmpty(),
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one"
            + " and try again.");
    checkStrategy(strategy);
    String propagate = Json.text(request, "propagateTags");
    // RunTask reference: "An error will be received if you specify the SERVICE option when running
    // a
    // task."
    refuseIf(
        !Set.of("", "TASK_DEFINITION", "NONE").contains(propagate),
        "Invalid value for propagateTags: " + propagate);
  }

  private static void checkStrategy(List<JsonNode> strategy) {
    refuseIf(strategy.size() > 20, "A strategy has at most 20 capacity providers.");
    int bases = 0;
    int weights = 0;
    for (JsonNode item : strategy) {
      int weight = item.path("weight").asInt(0);
      int base = item.path("base").asInt(0);
      refuseIf(weight < 0 || weight > 1000, "weight must be between 0 and 1000.");
      refuseIf(base < 0 || base > 100_000, "base must be between 0 and 100000.");
      bases += base > 0 ? 1 : 0;
      weights += weight;
    }
    refuseIf(bases > 1, "Only one capacity provider in a strategy can have a base.");
    refuseIf(
        strategy.size() > 1 && weights == 0,
        "At least one capacity provider in a strategy must have a weight greater than 0.");
  }

  private static void checkNetwork(ObjectNode request) {
    JsonNode network = request.path("networkConfiguration").path("awsvpcConfiguration");
    if (!network.isObject()) {
      return;
    }
    List<String> subnets = Json.texts(network, "subnets");
    refuseIf(subnets.isEmpty(), "subnets can not be empty.");
    refuseIf(subnets.size() > 16, "At most 16 subnets.");
    refuseIf(Json.texts(network, "securityGroups").size() > 5, "At most 5 security groups.");
    refuseIf(
        !Set.of("", "ENABLED", "DISABLED").contains(Json.text(network, "assignPublicIp")),
        "assignPublicIp must be ENABLED or DISABLED.");
  }

  private static void checkTags(ObjectNode request) {
    List<JsonNode> tags = Json.items(request, "tags").toList();
    refuseIf(tags.size() > 50, "At most 50 tags.");
    refuseIf(
        tags.stream().map(tag -> Json.text(tag, "key")).distinct().count() < tags.size(),
        "Duplicate tag keys found.");
    for (JsonNode tag : tags) {
      String key = Json.text(tag, "key");
      refuseIf(key.isEmpty() || key.length() > 128, "A tag's key has 1 to 128 characters.");
      refuseIf(Json.text(tag, "value").length() > 256, "A tag's value has at most 256 characters.");
      refuseIf(key.regionMatches(true, 0, "aws:", 0, 4), "aws: prefixed tags are not allowed.");
    }
  }

  private static void checkOverrides(JsonNode overrides) {
    if (!overrides.isObject()) {
      return;
    }
    refuseIf(
        Json.write(overrides).length() > MOST_OVERRIDES,
        "Container Overrides length must be at most " + MOST_OVERRIDES);
    JsonNode storage = overrides.path("ephemeralStorage").path("sizeInGiB");
    refuseIf(
        storage.isNumber() && (storage.asInt() < 21 || storage.asInt() > 200),
        "Ephemeral storage must be between 21 and 200 GiB.");
  }

  /** What shows when the request meets the cluster and the task definition. */
  static void checkAgainst(ObjectNode request, Cluster cluster, TaskDefinition definition) {
    for (JsonNode override : request.path("overrides").path("containerOverrides")) {
      String name = Json.text(override, "name");
      refuseIf(
          definition.container(name).isEmpty(),
          "Override for container named " + name + " is not a container in the TaskDefinition.");
    }
    for (JsonNode item : request.path("capacityProviderStrategy")) {
      String provider = Json.text(item, "capacityProvider");
      refuseIf(
          !cluster.providers().contains(provider),
          "The specified capacity provider strategy cannot contain a capacity provider that is not"
              + " associated with the cluster. Associate the capacity provider with the cluster and"
              + " try again.");
    }
    boolean network = request.path("networkConfiguration").path("awsvpcConfiguration").isObject();
    // RunTask reference, networkConfiguration: "required for task definitions that use the awsvpc
    // network mode …, and it isn't supported for other network modes".
    refuseIf(
        definition.awsvpc() && !network,
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    refuseIf(
        !definition.awsvpc() && network,
        "Network Configuration is not valid for the given networkMode of this task definition.");
  }

  /** Whether a task of this definition can be put there at all. */
  static void checkPlacement(Placement placement, TaskDefinition definition, Cluster cluster) {
    refuseIf(
        !definition.runsOn(placement.launchType()),
        "Task definition does not support launch_type " + placement.launchType() + ".");
    refuseIf(
        !placement.fargate() && cluster.instances().isEmpty(),
        "No Container Instances were found in your cluster.");
  }

  private static void refuseIf(boolean broken, String message) {
    if (broken) {
      throw EcsError.invalid(message);
    }
  }
}
