package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.TaskEvent;
import java.util.Optional;

/** stub */
public final class TaskEvents {
  private TaskEvents() {}

  /** stub. */
  public static Optional<TaskEvent> parse(String body) {
    java.util.regex.Matcher m =
        java.util.regex.Pattern.compile("\"taskArn\"\\s*:\\s*\"([^\"]+)\"").matcher(body);
    java.util.regex.Matcher v =
        java.util.regex.Pattern.compile("\"version\"\\s*:\\s*([0-9]+)").matcher(body);
    return m.find() && v.find()
        ? Optional.of(new TaskEvent(new TaskArn(m.group(1)), Long.parseLong(v.group(1))))
        : Optional.empty();
  }
}
