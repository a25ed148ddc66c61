package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * The stand's own address, {@code /_stand/…}, at which another process sets faults and looks at
 * what has happened. No AWS has it.
 */
final class StandAddress {

  private final Map<String, Function<ObjectNode, JsonNode>> doors;

  StandAddress(LocalEcs ecs) {
    doors =
        Map.of(
            "POST faults", body -> done(() -> ecs.fault(StandJson.fault(body))),
            "GET faults", body -> StandJson.faults(ecs.faults()),
            "DELETE faults", body -> done(ecs::clearFaults),
            "POST fates", body -> done(() -> ecs.fate(StandJson.rule(body))),
            "DELETE fates", body -> done(ecs::clearFates),
            "POST events", body -> done(() -> ecs.disorder(StandJson.disorder(body))),
            "POST interrupt", body -> done(() -> ecs.interrupt(Json.text(body, "task"))),
            "POST clock", body -> done(() -> ecs.advance(StandJson.millis(body, "advanceMillis"))),
            "GET calls", body -> StandJson.calls(ecs.calls()),
            "GET tasks", body -> StandJson.tasks(ecs.launched(), ecs.tasks()));
  }

  /** Answers a request for the part of the path after {@code /_stand/}. */
  Reply answer(String method, String path, String body) {
    Function<ObjectNode, JsonNode> door = doors.get(method + " " + path);
    if (door == null) {
      return problem(404, "there is no " + method + " /_stand/" + path);
    }
    try {
      return new Reply.Send(
          200, "application/json", Json.write(door.apply(Json.read(body))), Duration.ZERO);
    } catch (EcsError | IllegalArgumentException | IllegalStateException e) {
      return problem(400, String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode done(Runnable action) {
    action.run();
    return Json.object();
  }

  private static Reply problem(int status, String text) {
    String body = Json.write(Json.object().put("problem", text));
    return new Reply.Send(status, "application/json", body, Duration.ZERO);
  }
}
