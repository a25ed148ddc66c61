package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error answer of ECS. Types and status codes are those of "ECS API Reference, Common Errors"
 * and of each operation's "Errors"; texts are those seen in the wild where the reference has none.
 */
final class EcsError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final transient List<String> resourceIds;

  private EcsError(int status, String type, String message, List<String> resourceIds) {
    super(message);
    this.status = status;
    this.type = type;
    this.resourceIds = List.copyOf(resourceIds);
  }

  static EcsError of(int status, String type, String message) {
    return new EcsError(status, type, message, List.of());
  }

  static EcsError invalid(String message) {
    return of(400, "InvalidParameterException", message);
  }

  static EcsError client(String message) {
    return of(400, "ClientException", message);
  }

  static EcsError clusterNotFound() {
    return of(400, "ClusterNotFoundException", "Cluster not found.");
  }

  static EcsError throttled() {
    return of(400, "ThrottlingException", "Rate exceeded");
  }

  /** RunTask reference: ConflictException carries the existing task ARNs. */
  static EcsError conflict(List<String> taskArns) {
    return new EcsError(
        400,
        "ConflictException",
        "The clientToken was used in an earlier request with other parameters.",
        taskArns);
  }

  static EcsError server() {
    return of(500, "ServerException", "Service Unavailable. Please try again later.");
  }

  static EcsError serialization(@Nullable Throwable cause) {
    EcsError error = of(400, "SerializationException", "The request is no JSON object.");
    if (cause != null) {
      error.initCause(cause);
    }
    return error;
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  String body() {
    ObjectNode body = Json.object().put("__type", type).put("message", getMessage());
    if (!resourceIds.isEmpty()) {
      ArrayNode ids = body.putArray("resourceIds");
      resourceIds.forEach(ids::add);
    }
    return Json.write(body);
  }
}
