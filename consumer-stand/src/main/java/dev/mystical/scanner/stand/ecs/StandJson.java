package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The documents of the stand's own address, {@code /_stand}. */
final class StandJson {

  private StandJson() {}

  /**
   * Reads a fault.
   *
   * @throws IllegalArgumentException where it is none
   */
  static Fault fault(JsonNode json) {
    return new Fault(
        json.path("operation").asText("*"),
        FaultKind.of(Json.text(json, "kind")),
        json.path("times").asInt(1),
        json.path("skip").asInt(0),
        match(json),
        Json.text(json, "message"),
        millis(json, "delayMillis"));
  }

  static ArrayNode faults(Collection<Fault> faults) {
    ArrayNode list = Json.array();
    for (Fault fault : faults) {
      ObjectNode json =
          list.addObject()
              .put("operation", fault.operation())
              .put("kind", fault.kind().word())
              .put("times", fault.times())
              .put("skip", fault.skip())
              .put("message", fault.message())
              .put("delayMillis", fault.delay().toMillis());
      ObjectNode match = json.putObject("match");
      fault.match().forEach(match::put);
    }
    return list;
  }

  /**
   * Reads a rule about fates.
   *
   * @throws IllegalArgumentException where it is none
   */
  static FateRule rule(JsonNode json) {
    return new FateRule(match(json), json.path("times").asInt(1), fate(json.path("fate")));
  }

  private static Fate fate(JsonNode json) {
    String kind = Json.text(json, "kind");
    Duration after = millis(json, "afterMillis");
    String reason = Json.text(json, "reason");
    return switch (kind) {
      case "exits" -> new Fate.Exits(json.path("code").asInt(0), after, reason);
      case "out-of-memory" -> Fate.outOfMemory(after);
      case "runs-on" -> new Fate.RunsOn(json.path("code").asInt(143));
      case "fails-to-start" -> new Fate.FailsToStart(status(json), reason);
      case "stuck-in" -> new Fate.StuckIn(status(json));
      case "ignores-stop" -> new Fate.IgnoresStop(json.path("stops").asInt(Integer.MAX_VALUE));
      case "lingers" -> new Fate.Lingers(json.path("code").asInt(0), after);
      case "interrupted" ->
          new Fate.Interrupted(after, json.path("stopCode").asText("SpotInterruption"));
      case "ends" ->
          new Fate.Ends(Json.text(json, "stopCode"), reason, json.path("code").asInt(-1), after);
      default -> throw new IllegalArgumentException("there is no fate of kind " + kind);
    };
  }

  private static TaskStatus status(JsonNode json) {
    return TaskStatus.valueOf(json.path("in").asText(TaskStatus.PROVISIONING.name()));
  }

  static EventDisorder disorder(JsonNode json) {
    return new EventDisorder(
        json.path("duplicateEvery").asInt(0),
        json.path("dropEvery").asInt(0),
        json.path("swapEvery").asInt(0));
  }

  static ObjectNode calls(Calls calls) {
    ObjectNode json = Json.object();
    ObjectNode counts = json.putObject("counts");
    calls.counts().forEach(counts::put);
    ObjectNode errors = json.putObject("errors");
    calls.errors().forEach(errors::put);
    ArrayNode requests = json.putArray("runTasks");
    for (RunTaskCall call : calls.runTasks()) {
      requests
          .addObject()
          .put("body", call.body())
          .put("clientToken", call.clientToken())
          .put("startedBy", call.startedBy())
          .put("accessKeyId", call.accessKeyId())
          .put("source", call.source())
          .put("attempt", call.attempt());
    }
    return json;
  }

  static ObjectNode tasks(long launched, Collection<LaunchedTask> tasks) {
    ObjectNode json = Json.object().put("launched", launched);
    ArrayNode list = json.putArray("tasks");
    tasks.forEach(task -> list.add(task.json()));
    return json;
  }

  static Duration millis(JsonNode json, String field) {
    return Duration.ofMillis(json.path(field).asLong(0));
  }

  private static Map<String, String> match(JsonNode json) {
    Map<String, String> match = new LinkedHashMap<>();
    json.path("match").properties().forEach(e -> match.put(e.getKey(), e.getValue().asText()));
    return match;
  }
}
