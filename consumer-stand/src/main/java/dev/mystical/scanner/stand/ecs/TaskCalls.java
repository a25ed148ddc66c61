package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** DescribeTasks, ListTasks and StopTask. Called under the account's lock. */
final class TaskCalls {

  private static final int MOST = 100;
  private static final Pattern ID = Pattern.compile("[0-9a-zA-Z-]+");

  private final Account account;
  private final TaskLife life;

  TaskCalls(Account account, TaskLife life) {
    this.account = account;
    this.life = life;
  }

  ObjectNode describe(ObjectNode request) {
    account.take(CallGroup.CLUSTER_RESOURCE_READ, 1);
    Cluster cluster = account.cluster(Json.text(request, "cluster"));
    List<String> wanted = Json.texts(request, "tasks");
    if (wanted.isEmpty()) {
      throw EcsError.invalid("Tasks cannot be empty.");
    }
    // DescribeTasks reference: "A list of up to 100 task IDs or full ARN entries."
    // The text is in gchq/sleeper#555, that of an empty list in cuttlesoft/ecs-deploy.py#14.
    if (wanted.size() > MOST) {
      throw EcsError.invalid("taskIds can have at most " + MOST + " items.");
    }
    boolean withTags = Json.texts(request, "include").contains("TAGS");
    ObjectNode answer = Json.object();
    ArrayNode tasks = answer.putArray("tasks");
    ArrayNode failures = answer.putArray("failures");
    for (String name : wanted) {
      String id = id(cluster, name);
      Optional<StandTask> task = cluster.task(id).filter(this::visible);
      task.ifPresent(t -> tasks.add(TaskJson.answer(t, withTags)));
      if (task.isEmpty()) {
        failures
            .addObject()
            .put("arn", name.startsWith("arn:") ? name : arn(cluster, id))
            .put("reason", "MISSING");
      }
    }
    return answer;
  }

  ObjectNode stop(ObjectNode request) {
    account.take(CallGroup.CLUSTER_RESOURCE_MODIFY, 1);
    Cluster cluster = account.cluster(Json.text(request, "cluster"));
    String id = id(cluster, Json.text(request, "task"));
    StandTask task =
        cluster
            .task(id)
            .filter(this::visible)
            .orElseThrow(() -> EcsError.invalid("The referenced task was not found."));
    String reason = Json.text(request, "reason");
    life.stop(task, reason.isEmpty() ? "Task stopped by user" : reason);
    return Json.object().set("task", TaskJson.answer(task, false));
  }

  ObjectNode list(ObjectNode request) {
    account.take(CallGroup.CLUSTER_RESOURCE_READ, 1);
    checkFilters(request);
    Cluster cluster = account.cluster(Json.text(request, "cluster"));
    int most = request.path("maxResults").asInt(MOST);
    if (most < 1 || most > MOST) {
      throw EcsError.invalid("maxResults must be between 1 and " + MOST + ".");
    }
    long after = position(Json.text(request, "nextToken"));
    List<StandTask> page =
        matching(request, cluster).filter(task -> task.number() > after).limit(most + 1L).toList();
    ObjectNode answer = Json.object();
    ArrayNode arns = answer.putArray("taskArns");
    page.stream().limit(most).forEach(task -> arns.add(task.arn()));
    if (page.size() > most) {
      answer.put("nextToken", "after-" + page.get(most - 1).number());
    }
    return answer;
  }

  private static void checkFilters(ObjectNode request) {
    List<String> filters =
        Stream.of(
                "startedBy",
                "family",
                "serviceName",
                "containerInstance",
                "desiredStatus",
                "launchType")
            .filter(request::hasNonNull)
            .toList();
    // ListTasks reference, startedBy: "When you specify startedBy as the filter, it must be the
    // only
    // filter that you use." Airflow sends desiredStatus with it and seems to get away with that;
    // what
    // is documented is what can be relied on.
    if (filters.contains("startedBy") && filters.size() > 1) {
      throw EcsError.invalid("startedBy must be the only filter, not one of " + filters + ".");
    }
    String status = Json.text(request, "desiredStatus");
    if (!List.of("", "RUNNING", "PENDING", "STOPPED").contains(status)) {
      throw EcsError.invalid("desiredStatus must be RUNNING, PENDING or STOPPED.");
    }
  }

  private Stream<StandTask> matching(ObjectNode request, Cluster cluster) {
    String startedBy = Json.text(request, "startedBy");
    String family = Json.text(request, "family");
    String launchType = Json.text(request, "launchType");
    String status = Json.text(request, "desiredStatus");
    String instance = Json.text(request, "containerInstance");
    // ListTasks reference: RUNNING is the default, and "Amazon ECS never sets the desired status of
    // a
    // task to that value" (PENDING).
    String desired = status.isEmpty() ? "RUNNING" : status;
    return cluster.tasks().stream()
        .filter(this::visible)
        .filter(task -> desired.equals(task.doomed() ? "STOPPED" : "RUNNING"))
        .filter(task -> startedBy.isEmpty() || task.startedBy().equals(startedBy))
        .filter(task -> family.isEmpty() || task.definition().family().equals(family))
        .filter(task -> launchType.isEmpty() || task.placement().launchType().equals(launchType))
        .filter(task -> !request.hasNonNull("serviceName"))
        .filter(task -> instance.isEmpty() || isOn(task, instance));
  }

  private static boolean isOn(StandTask task, String instance) {
    String arn = task.placement().containerInstance();
    return arn.equals(instance) || arn.endsWith("/" + instance);
  }

  private static long position(String nextToken) {
    if (nextToken.isEmpty()) {
      return 0;
    }
    if (!nextToken.matches("after-[0-9]{1,18}")) {
      throw EcsError.invalid("Invalid token.");
    }
    return Long.parseLong(nextToken.substring("after-".length()));
  }

  /**
   * RunTask reference: what was launched "might not be immediately visible to all subsequent
   * commands".
   */
  private boolean visible(StandTask task) {
    return !account.now().isBefore(task.createdAt().plus(account.settings().visibleAfter()));
  }

  /** The id of a task given by id or ARN; that of another cluster's ARN is nobody's. */
  private String id(Cluster cluster, String name) {
    String prefix = arn(cluster, "");
    String id = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    if (id.startsWith("arn:")) {
      return id;
    }
    // aws/aws-cli#10057.
    if (!ID.matcher(id).matches() || (id.length() != 32 && id.length() != 36)) {
      throw EcsError.invalid("taskId length should be one of [32,36]");
    }
    return id;
  }

  private String arn(Cluster cluster, String id) {
    return account.arn("task", cluster.name() + "/" + id);
  }
}
