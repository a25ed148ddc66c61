package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Course;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskSpec;
import java.util.List;

/** An attempt as the ledger's document holds it. */
final class AttemptShape {
  private AttemptShape() {}

  static ObjectNode write(Attempt attempt) {
    ObjectNode node = Json.object().put("n", attempt.number());
    if (attempt.placement() > 0) {
      node.put("placement", attempt.placement());
    }
    node.set("spec", spec(attempt.spec()));
    node.put("launching", attempt.launchingAt().toString());
    attempt.task().ifPresent(task -> node.put("task", task.value()));
    attempt.launchedAt().ifPresent(at -> node.put("launched", at.toString()));
    if (!attempt.course().equals(Course.NONE)) {
      node.set("course", CourseShape.write(attempt.course()));
    }
    return node;
  }

  static Attempt read(Fields from) {
    return new Attempt(
        from.integer("n"),
        Math.toIntExact(from.optionalNumber("placement").orElse(0L)),
        spec(from.object("spec")),
        from.instant("launching"),
        from.optionalText("task").map(TaskArn::new),
        from.optionalInstant("launched"),
        from.optionalObject("course").map(CourseShape::read).orElse(Course.NONE));
  }

  private static ObjectNode spec(TaskSpec spec) {
    ObjectNode node =
        Json.object()
            .put("cluster", spec.cluster())
            .put("task", spec.taskDefinition())
            .put("container", spec.container());
    switch (spec.placement()) {
      case Placement.ClusterDefault() -> {}
      case Placement.LaunchType(String name) -> node.put("launchType", name);
      case Placement.CapacityProvider(String name) -> node.put("capacityProvider", name);
    }
    if (!spec.network().equals(Network.NONE)) {
      node.set("network", network(spec.network()));
    }
    node.put("deadline", spec.deadline().toString());
    spec.apiUrl().ifPresent(url -> node.put("apiUrl", url));
    return node;
  }

  private static TaskSpec spec(Fields from) {
    return new TaskSpec(
        from.text("cluster"),
        from.text("task"),
        from.text("container"),
        placement(from),
        from.optionalObject("network").map(AttemptShape::network).orElse(Network.NONE),
        from.instant("deadline"),
        from.optionalText("apiUrl"));
  }

  private static Placement placement(Fields from) {
    if (from.has("launchType")) {
      return new Placement.LaunchType(from.text("launchType"));
    }
    return from.optionalText("capacityProvider")
        .<Placement>map(Placement.CapacityProvider::new)
        .orElseGet(Placement.ClusterDefault::new);
  }

  private static ObjectNode network(Network network) {
    ObjectNode node = Json.object();
    node.set("subnets", texts(network.subnets()));
    if (!network.securityGroups().isEmpty()) {
      node.set("groups", texts(network.securityGroups()));
    }
    if (network.publicIp()) {
      node.put("publicIp", true);
    }
    return node;
  }

  private static Network network(Fields from) {
    return new Network(from.texts("subnets"), from.texts("groups"), from.flag("publicIp", false));
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode node = Json.object().arrayNode();
    texts.forEach(node::add);
    return node;
  }
}
