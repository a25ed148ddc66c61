package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the stand remembers of a task, also when ECS has long forgotten it. Texts that are not there
 * are empty.
 *
 * @param market the capacity provider, else the launch type
 * @param tags the request's and those that ECS adds
 * @param exitCodes by container
 * @param stamps the task's times by their name on the wire, such as startedAt
 */
public record LaunchedTask(
    String taskArn,
    String clusterArn,
    String family,
    String taskDefinitionArn,
    String startedBy,
    String clientToken,
    String market,
    String lastStatus,
    String desiredStatus,
    String stopCode,
    String stoppedReason,
    Map<String, String> tags,
    Map<String, Integer> exitCodes,
    Map<String, Instant> stamps) {

  public LaunchedTask {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    exitCodes = Collections.unmodifiableMap(new LinkedHashMap<>(exitCodes));
    stamps = Collections.unmodifiableMap(new LinkedHashMap<>(stamps));
  }

  static LaunchedTask of(StandTask task) {
    Map<String, String> tags = new LinkedHashMap<>();
    task.tags().forEach(tag -> tags.put(Json.text(tag, "key"), Json.text(tag, "value")));
    Map<String, Integer> exitCodes = new LinkedHashMap<>();
    for (StandContainer container : task.containers()) {
      Integer code = container.exitCode();
      if (code != null) {
        exitCodes.put(container.spec().name(), code);
      }
    }
    Map<String, Instant> stamps = new LinkedHashMap<>();
    for (StandTask.Stamp stamp : StandTask.Stamp.values()) {
      task.stamped(stamp).ifPresent(at -> stamps.put(stamp.name(), at));
    }
    return new LaunchedTask(
        task.arn(),
        task.clusterArn(),
        task.definition().family(),
        task.definition().arn(),
        task.startedBy(),
        task.clientToken(),
        task.placement().market(),
        task.status().name(),
        task.doomed() ? "STOPPED" : "RUNNING",
        task.stopCode(),
        task.stoppedReason(),
        tags,
        exitCodes,
        stamps);
  }

  /** Whether it has not STOPPED. */
  public boolean alive() {
    return !lastStatus.equals(TaskStatus.STOPPED.name());
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("taskArn", taskArn)
            .put("clusterArn", clusterArn)
            .put("family", family)
            .put("taskDefinitionArn", taskDefinitionArn)
            .put("startedBy", startedBy)
            .put("clientToken", clientToken)
            .put("market", market)
            .put("lastStatus", lastStatus)
            .put("desiredStatus", desiredStatus)
            .put("stopCode", stopCode)
            .put("stoppedReason", stoppedReason);
    ObjectNode known = json.putObject("tags");
    tags.forEach(known::put);
    ObjectNode codes = json.putObject("exitCodes");
    exitCodes.forEach(codes::put);
    stamps.forEach((name, at) -> json.put(name, at.toString()));
    return json;
  }
}
