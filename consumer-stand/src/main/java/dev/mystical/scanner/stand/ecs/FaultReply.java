package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the caller gets of a call that a fault has spoiled. */
final class FaultReply {

  private FaultReply() {}

  /**
   * The call was not done.
   *
   * @throws EcsError where the fault is an error answer
   */
  static Reply instead(Fault fault) {
    String message = fault.messageOr(fault.kind().text());
    Optional<EcsError> error = fault.kind().error(message);
    if (error.isPresent()) {
      throw error.get();
    }
    if (fault.kind() == FaultKind.HTML_502) {
      return new Reply.Send(502, "text/html", message, Duration.ZERO);
    }
    return fault.kind() == FaultKind.HANG ? new Reply.Hang() : new Reply.Drop();
  }

  /**
   * The call was done, and this would have been its answer.
   *
   * @throws EcsError where the fault is an error answer
   */
  static Reply after(Fault fault, ObjectNode answer) {
    String message = fault.messageOr(fault.kind().text());
    return switch (fault.kind()) {
      case ACCEPT_THEN_DROP -> new Reply.Drop();
      case ACCEPT_THEN_HANG -> new Reply.Hang();
      case ACCEPT_THEN_500 -> throw EcsError.server();
      case CONFLICT -> throw EcsError.conflict(arns(answer));
      case SLOW ->
          new Reply.Send(200, "application/x-amz-json-1.1", Json.write(answer), fault.delay());
      case ISO_TIMES -> Reply.json(200, Json.write(withIsoTimes(answer)));
      case UNKNOWN_STATUS -> Reply.json(200, Json.write(withStatus(answer, message)));
      case MISSING -> Reply.json(200, Json.write(missing(answer, message)));
      case THROTTLE,
          WRAPPED_THROTTLE,
          ERROR_500,
          ERROR_503,
          HTML_502,
          ACCESS_DENIED,
          UNRECOGNIZED_CLIENT,
          EXPIRED_TOKEN,
          CLUSTER_GONE,
          TASK_DEFINITION_INACTIVE,
          PROVISIONING_LIMIT,
          INVALID_PARAMETER,
          DROP,
          HANG,
          NO_CAPACITY,
          RESOURCE_MEMORY,
          RESOURCE_CPU,
          AGENT,
          QUOTA,
          QUOTA_CURLY,
          QUOTA_TASKS,
          FAILURE,
          GHOST,
          EMPTY ->
          throw new IllegalArgumentException(fault.kind() + " bites earlier");
    };
  }

  private static List<String> arns(ObjectNode answer) {
    return Json.items(answer, "tasks").map(task -> Json.text(task, "taskArn")).toList();
  }

  private static ObjectNode withIsoTimes(ObjectNode answer) {
    for (JsonNode task : answer.path("tasks")) {
      for (StandTask.Stamp stamp : StandTask.Stamp.values()) {
        JsonNode at = task.path(stamp.name());
        if (at.isNumber()) {
          String iso = Instant.ofEpochMilli((long) (at.asDouble() * 1000)).toString();
          ((ObjectNode) task).put(stamp.name(), iso);
        }
      }
    }
    return answer;
  }

  private static ObjectNode withStatus(ObjectNode answer, String status) {
    for (JsonNode task : answer.path("tasks")) {
      ((ObjectNode) task).put("lastStatus", status);
    }
    return answer;
  }

  private static ObjectNode missing(ObjectNode answer, String reason) {
    ArrayNode failures = answer.withArray("failures");
    arns(answer).forEach(arn -> failures.addObject().put("arn", arn).put("reason", reason));
    answer.putArray("tasks");
    return answer;
  }
}
