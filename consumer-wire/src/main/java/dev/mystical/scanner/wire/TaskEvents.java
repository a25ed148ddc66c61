package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskEvent;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what EventBridge sends about tasks ("Amazon ECS task state change events"), whoever really
 * wrote it. Only the few fields that are needed are looked at: the rest has other types in events
 * than in answers, and grows.
 */
public final class TaskEvents {
  private static final String SOURCE = "aws.ecs";
  private static final String TYPE = "ECS Task State Change";

  private static final TextRule TASK = arn("task");
  private static final TextRule CLUSTER = arn("cluster");
  private static final TextRule NAME = TextRule.upTo(128);

  private TaskEvents() {}

  /** The news of a document; none where it is any other, of a task that is not ours, or broken. */
  public static Optional<TaskEvent> read(String document) {
    Problems problems = new Problems();
    DocumentParser parser = new DocumentParser(problems);
    if (parser.parse(document) != DocumentParser.Outcome.WHOLE || problems.at("")) {
      return Optional.empty();
    }
    return parser.root() instanceof ObjectNode object
        ? read(new Section(object, "", problems))
        : Optional.empty();
  }

  private static TextRule arn(String kind) {
    Pattern pattern =
        Pattern.compile("arn:[a-z-]+:ecs:[a-z0-9-]+:[0-9]{12}:" + kind + "/[A-Za-z0-9_/-]+");
    return TextRule.matching(1_024, pattern, "the ARN of a " + kind);
  }

  private static Optional<TaskEvent> read(Section event) {
    boolean ofTask =
        event.text("source", NAME).filter(SOURCE::equals).isPresent()
            && event.text("detail-type", NAME).filter(TYPE::equals).isPresent();
    return ofTask ? event.section("detail").flatMap(TaskEvents::detail) : Optional.empty();
  }

  private static Optional<TaskEvent> detail(Section detail) {
    Optional<String> task = detail.text("taskArn", TASK);
    Optional<String> cluster = detail.text("clusterArn", CLUSTER);
    Optional<String> startedBy =
        detail.text("startedBy", NAME).filter(name -> name.startsWith(TaskRequests.STARTED_BY));
    Optional<Long> version = detail.integer("version", 0, Long.MAX_VALUE);
    Optional<String> lastStatus = detail.text("lastStatus", NAME);
    if (task.isEmpty()
        || cluster.isEmpty()
        || startedBy.isEmpty()
        || version.isEmpty()
        || lastStatus.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TaskEvent(
            new TaskArn(task.get()),
            cluster.get(),
            startedBy.get(),
            version.get(),
            lastStatus.get()));
  }
}
