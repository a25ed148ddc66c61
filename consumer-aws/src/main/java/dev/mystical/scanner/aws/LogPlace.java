package dev.mystical.scanner.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/**
 * Where a container of a task definition writes its output, if that is CloudWatch Logs.
 *
 * @param region of the log group, which need not be the task's
 * @param prefix of its streams' names; absent, their names are Docker's
 */
record LogPlace(String group, String region, Optional<String> prefix) {
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}");

  /** "Using the awslogs driver", its options. */
  static Optional<LogPlace> of(ContainerDefinition container) {
    if (container.name() == null
        || container.logConfiguration() == null
        || container.logConfiguration().logDriver() != LogDriver.AWSLOGS) {
      return Optional.empty();
    }
    Map<String, String> options = container.logConfiguration().options();
    String group = options.getOrDefault("awslogs-group", "");
    String region = options.getOrDefault("awslogs-region", "");
    if (group.isBlank() || !REGION.matcher(region).matches()) {
      return Optional.empty();
    }
    String prefix = options.getOrDefault("awslogs-stream-prefix", "");
    return Optional.of(
        new LogPlace(group, region, Optional.of(prefix).filter(it -> !it.isBlank())));
  }

  /** A page of the console that shows the container's output. */
  String link(String taskArn, Container container) {
    Optional<String> docker = Optional.ofNullable(container.runtimeId());
    return "https://%s.%s/cloudwatch/home?region=%s#logsV2:log-groups/log-group/%s%s"
        .formatted(
            region,
            console(),
            region,
            written(group),
            prefix
                .map(it -> it + "/" + container.name() + "/" + id(taskArn))
                .or(() -> docker)
                .map(stream -> "/log-events/" + written(stream))
                .orElse(""));
  }

  private String console() {
    if (region.startsWith("cn-")) {
      return "console.amazonaws.cn";
    }
    return region.startsWith("us-gov-") ? "console.amazonaws-us-gov.com" : "console.aws.amazon.com";
  }

  private static String id(String taskArn) {
    return taskArn.substring(taskArn.lastIndexOf('/') + 1);
  }

  /** The console wants names encoded twice, with a dollar sign for the percent sign. */
  private static String written(String name) {
    return encoded(encoded(name)).replace('%', '$');
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
