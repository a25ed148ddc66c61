package dev.mystical.scanner.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Writes the answers about health. */
final class HealthDocuments {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private HealthDocuments() {}

  /** Lives while every loop turns. */
  static Answer live(HealthView health) {
    List<HealthView.Loop> loops = health.loops();
    boolean live = loops.stream().allMatch(HealthView.Loop::turning);
    ObjectNode document = object().put("status", live ? "up" : "down");
    ArrayNode list = document.putArray("loops");
    for (HealthView.Loop loop : loops) {
      list.addObject()
          .put("name", loop.name())
          .put("turning", loop.turning())
          .put("lastTurn", loop.lastTurn().truncatedTo(ChronoUnit.MILLIS).toString());
    }
    return Answer.json(live ? OK : UNAVAILABLE, document.toString());
  }

  /** Ready while nothing is down and the process is not about to end. */
  static Answer ready(HealthView health) {
    List<HealthView.Dependency> dependencies = health.dependencies();
    HealthView.Status worst =
        dependencies.stream()
            .map(HealthView.Dependency::status)
            .max(HealthView.Status::compareTo)
            .orElse(HealthView.Status.UP);
    boolean draining = health.draining();
    boolean ready = !draining && worst != HealthView.Status.DOWN;
    ObjectNode document = object().put("status", draining ? "draining" : word(worst));
    ArrayNode list = document.putArray("dependencies");
    for (HealthView.Dependency dependency : dependencies) {
      list.addObject()
          .put("name", dependency.name())
          .put("status", word(dependency.status()))
          .put("since", dependency.since().truncatedTo(ChronoUnit.MILLIS).toString())
          .put("detail", dependency.detail());
    }
    return Answer.json(ready ? OK : UNAVAILABLE, document.toString());
  }

  private static String word(HealthView.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
