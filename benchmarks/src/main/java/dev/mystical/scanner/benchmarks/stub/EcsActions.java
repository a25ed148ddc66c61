package dev.mystical.scanner.benchmarks.stub;

import static dev.mystical.scanner.benchmarks.stub.Answer.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * ECS's JSON protocol before one cluster with room for everything. Safe for use by many threads.
 */
final class EcsActions {
  private static final String CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/scans";
  private static final String DEFINITION =
      "arn:aws:ecs:us-east-1:123456789012:task-definition/scanner:1";
  private static final int PAGE = 100;

  private final StubTasks tasks;
  private final StubRules rules;
  private final LaunchBucket bucket = new LaunchBucket(InstantSource.system());
  private final LongAdder throttled = new LongAdder();
  private volatile boolean down;

  EcsActions(StubTasks tasks, StubRules rules) {
    this.tasks = tasks;
    this.rules = rules;
  }

  void down(boolean outage) {
    down = outage;
  }

  long throttled() {
    return throttled.sum();
  }

  Answer answer(String action, JsonNode request, String body, long at) throws InterruptedException {
    if (action.equals("RunTask")) {
      tasks.asked(request.path("startedBy").asText(), at);
    }
    if (down) {
      return Answer.error(500, "ServerException", "Service Unavailable. Please try again later.");
    }
    return switch (action) {
      case "RunTask" -> runTask(request, body);
      case "DescribeTasks" -> Answer.ok(describe(request));
      case "ListTasks" -> Answer.ok(list(request));
      case "StopTask" -> stop(request);
      case "DescribeTaskDefinition" -> Answer.ok(definition());
      case "DescribeClusters" -> Answer.ok(clusters());
      default -> Answer.error(400, "UnknownOperationException", action);
    };
  }

  private Answer runTask(JsonNode request, String body) throws InterruptedException {
    boolean refused =
        rules.refused() > 0 && ThreadLocalRandom.current().nextDouble() < rules.refused();
    if (refused || (rules.awsLimits() && !bucket.take())) {
      throttled.increment();
      return Answer.error(400, "ThrottlingException", "Rate exceeded");
    }
    StubTask task =
        tasks.launch(
            request.path("clientToken").asText(), request.path("startedBy").asText(), body);
    Duration time = rules.launchTime();
    if (time.isPositive()) {
      Thread.sleep(time);
    }
    ObjectNode answer = JSON.createObjectNode();
    write(answer.putArray("tasks").addObject(), task, request, Optional.empty());
    answer.putArray("failures");
    return Answer.ok(answer);
  }

  private ObjectNode describe(JsonNode request) {
    boolean tags = request.path("include").toString().contains("TAGS");
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode found = answer.putArray("tasks");
    ArrayNode failures = answer.putArray("failures");
    for (JsonNode name : request.path("tasks")) {
      StubTask task = tasks.find(name.asText());
      if (task == null) {
        failures.addObject().put("arn", name.asText()).put("reason", "MISSING");
      } else {
        JsonNode launched = read(task.request());
        write(
            found.addObject(),
            task,
            launched,
            tags ? Optional.of(launched.path("tags")) : Optional.empty());
      }
    }
    return answer;
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(
      ObjectNode node, StubTask task, JsonNode request, Optional<JsonNode> tags) {
    long now = System.currentTimeMillis();
    node.put("taskArn", task.arn());
    node.put("clusterArn", CLUSTER);
    node.put("taskDefinitionArn", DEFINITION);
    node.put("lastStatus", task.status(now));
    node.put("desiredStatus", "RUNNING");
    node.put("startedBy", task.startedBy());
    node.put("launchType", "FARGATE");
    node.put("cpu", "256").put("memory", "512");
    node.put("createdAt", task.launched() / 1_000.0);
    if (task.started(now)) {
      node.put("startedAt", task.startedAt() / 1_000.0);
    }
    node.set("overrides", request.path("overrides"));
    ObjectNode container = node.putArray("containers").addObject();
    container.put("name", container(request)).put("taskArn", task.arn());
    container.put("lastStatus", task.started(now) ? "RUNNING" : "PENDING");
    tags.ifPresent(them -> node.set("tags", them));
  }

  private static String container(JsonNode request) {
    return request.path("overrides").path("containerOverrides").path(0).path("name").asText();
  }

  /** In the order of their launch; nothing here has stopped. */
  private ObjectNode list(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode names = answer.putArray("taskArns");
    if (request.path("desiredStatus").asText().equals("STOPPED")) {
      return answer;
    }
    if (request.hasNonNull("startedBy")) {
      tasks.startedBy(request.path("startedBy").asText()).forEach(task -> names.add(task.arn()));
      return answer;
    }
    int from = request.path("nextToken").asInt(0);
    List<StubTask> page = tasks.from(from, PAGE);
    page.forEach(task -> names.add(task.arn()));
    if (page.size() == PAGE) {
      answer.put("nextToken", Integer.toString(from + PAGE));
    }
    return answer;
  }

  private Answer stop(JsonNode request) {
    StubTask task = tasks.find(request.path("task").asText());
    if (task == null) {
      return Answer.error(400, "InvalidParameterException", "The referenced task was not found.");
    }
    ObjectNode answer = JSON.createObjectNode();
    write(answer.putObject("task"), task, read(task.request()), Optional.empty());
    return Answer.ok(answer);
  }

  private static ObjectNode definition() {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode definition = answer.putObject("taskDefinition");
    definition.put("taskDefinitionArn", DEFINITION).put("family", "scanner").put("revision", 1);
    definition.put("status", "ACTIVE").put("networkMode", "awsvpc");
    definition.putArray("containerDefinitions").addObject().put("name", "scanner");
    return answer;
  }

  private static ObjectNode clusters() {
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("clusters").addObject().put("clusterArn", CLUSTER).put("status", "ACTIVE");
    answer.putArray("failures");
    return answer;
  }
}
