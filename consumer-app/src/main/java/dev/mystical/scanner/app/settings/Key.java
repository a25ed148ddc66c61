package dev.mystical.scanner.app.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every setting with a fixed name. A constant's own name is the environment's; its path is the one
 * under {@code scanner} in a HOCON file. {@code reference.conf} says what each of them means.
 */
enum Key {
  AWS_ACCESS_KEY("aws.access-key", Shown.MASKED),
  AWS_SECRET_KEY("aws.secret-key", Shown.MASKED),
  AWS_ACCESS_KEY_ID("aws.access-key-id", Shown.MASKED),
  AWS_SECRET_ACCESS_KEY("aws.secret-access-key", Shown.MASKED),
  AWS_SESSION_TOKEN("aws.session-token", Shown.MASKED),
  AWS_REGION("aws.region"),
  AWS_ENDPOINT_URL("aws.endpoint-url"),
  AWS_ENDPOINT_URL_SQS("aws.endpoint-url-sqs"),
  AWS_ENDPOINT_URL_ECS("aws.endpoint-url-ecs"),
  CONSUMER_QUEUE_URL("queue.url"),
  DEAD_LETTER_QUEUE_URL("queue.dead-letter-url"),
  TASK_EVENTS_QUEUE_URL("queue.task-events-url"),
  MAX_IN_FLIGHT("queue.max-in-flight"),
  CLUSTER_NAME("ecs.cluster"),
  LAUNCH_TYPE("ecs.launch-type"),
  CAPACITY_PROVIDERS("ecs.capacity-providers"),
  SUBNETS("ecs.subnets"),
  SECURITY_GROUPS("ecs.security-groups"),
  ASSIGN_PUBLIC_IP("ecs.assign-public-ip"),
  LAUNCH_RATE("launch.rate"),
  LAUNCH_BURST("launch.burst"),
  MAX_ATTEMPTS("launch.max-attempts"),
  SPOT_ATTEMPTS("launch.spot-attempts"),
  SCAN_TIMEOUT("timeouts.scan"),
  START_TIMEOUT("timeouts.start"),
  QUEUE_TIMEOUT("timeouts.queue"),
  CONFIG_GRACE("timeouts.config-grace"),
  REDIS_URL("redis.url", Shown.WITHOUT_PASSWORD),
  REDIS_PREFIX("redis.prefix"),
  HTTP_HOST("http.host"),
  HTTP_PORT("http.port"),
  PUBLIC_URL("http.public-url"),
  API_KEYS("api.keys", Shown.MASKED),
  TOKEN_KEY("api.token-key", Shown.MASKED),
  WEBHOOK_SECRET("webhook.secret", Shown.MASKED),
  CALLBACK_ALLOW("webhook.allow"),
  REPORT_STORE("report.store"),
  REPORT_RETENTION("report.retention"),
  ROLES("node.roles"),
  SPOOL_DIR("node.spool-dir"),
  LOG_FORMAT("node.log-format");

  /** How much of a value people may see. */
  enum Shown {
    ALL,
    WITHOUT_PASSWORD,
    MASKED
  }

  private static final Pattern CREDENTIALS =
      Pattern.compile("(?s)(?:\\w[\\w+.-]*://)?(?<user>[^/\\s:@]*:)?(?<rest>.*)(?=@)");

  private final String path;
  private final Shown shown;

  Key(String path) {
    this(path, Shown.ALL);
  }

  Key(String path, Shown shown) {
    this.path = path;
    this.shown = shown;
  }

  String path() {
    return path;
  }

  /** The value as people may see it. */
  String shown(String value) {
    return switch (shown) {
      // A URL in the wrong place may carry a password as well.
      case ALL, WITHOUT_PASSWORD -> withoutPassword(value);
      case MASKED -> Secret.MASK;
    };
  }

  /** Whatever is wrong with a URL: what stands before its last @ is shown as far as the user. */
  private static String withoutPassword(String value) {
    Matcher parts = CREDENTIALS.matcher(value);
    if (!parts.lookingAt() || (parts.start("user") < 0 && !parts.group("rest").contains(":"))) {
      return value;
    }
    String before = value.substring(0, parts.start("rest"));
    return before + Secret.MASK + value.substring(parts.end("rest"));
  }
}
