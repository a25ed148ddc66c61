package dev.mystical.scanner.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/scans";
  private static final String TOKEN_KEY = "0123456789abcdef0123456789abcdef";
  private static final String DIGEST = "ab".repeat(32);
  private static final String WEBHOOK = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private static final Map<String, String> LEAST =
      Map.of(
          "CONSUMER_QUEUE_URL", QUEUE,
          "CLUSTER_NAME", "scans",
          "TASK_DEFINITION_SONAR", "sonar-task",
          "CONTAINER_SONAR", "sonar",
          "REDIS_URL", "redis://localhost:6379");

  @TempDir private Path folder;

  @Test
  void whatIsNotSetHasItsDefault() {
    Settings settings = from(LEAST);
    assertThat(settings.aws())
        .isEqualTo(
            new Settings.Aws(Optional.empty(), "us-east-1", Optional.empty(), Optional.empty()));
    assertThat(settings.queue())
        .isEqualTo(new Settings.Queues(QUEUE, Optional.empty(), Optional.empty(), 64));
    assertThat(settings.ecs())
        .isEqualTo(
            new Settings.Ecs("scans", List.of(new Placement.ClusterDefault()), Network.NONE));
    assertThat(settings.providers())
        .containsExactly(new Provider(new ProviderId("sonar"), "sonar-task", "sonar"));
    assertThat(settings.launch())
        .isEqualTo(
            new Settings.Launch(
                20,
                20,
                3,
                5,
                new LaunchLimits(
                    Duration.ofHours(6),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofMinutes(10))));
    assertThat(settings.redis())
        .isEqualTo(new Settings.Redis(new Secret("redis://localhost:6379"), "scanner"));
    assertThat(settings.http()).isEqualTo(new Settings.Http("127.0.0.1", 8080, Optional.empty()));
    assertThat(settings.api()).isEqualTo(new Settings.Api(List.of(), Optional.empty()));
    assertThat(settings.webhooks()).isEqualTo(new Settings.Webhooks(List.of(), List.of()));
    assertThat(settings.reports())
        .isEqualTo(new Settings.Reports(Optional.empty(), Duration.ofDays(7)));
    assertThat(settings.node())
        .isEqualTo(
            new Settings.Node(
                Set.of(Settings.Role.values()),
                Path.of(System.getProperty("java.io.tmpdir")),
                Settings.LogFormat.TEXT));
    assertThat(settings.warnings()).isEmpty();
  }

  /** All names but LAUNCH_TYPE, which excludes CAPACITY_PROVIDERS. */
  private static Map<String, String> everything() {
    Map<String, String> all = new HashMap<>();
    all.put("AWS_ACCESS_KEY", "AKIAOWNOWNOWNOWNOWN1");
    all.put("AWS_SECRET_KEY", "own-secret");
    all.put("AWS_ACCESS_KEY_ID", "AKIASTANDARDSTANDARD");
    all.put("AWS_SECRET_ACCESS_KEY", "standard-secret");
    all.put("AWS_SESSION_TOKEN", "standard-token");
    all.put("AWS_REGION", "eu-central-1");
    all.put("AWS_ENDPOINT_URL", "http://localhost:1");
    all.put("AWS_ENDPOINT_URL_SQS", "http://localhost:2");
    all.put("AWS_ENDPOINT_URL_ECS", "http://localhost:3");
    all.put("CONSUMER_QUEUE_URL", QUEUE);
    all.put("DEAD_LETTER_QUEUE_URL", QUEUE + "-dead");
    all.put("TASK_EVENTS_QUEUE_URL", QUEUE + "-events");
    all.put("MAX_IN_FLIGHT", "7");
    all.put("CLUSTER_NAME", "scans");
    all.put("CAPACITY_PROVIDERS", "FARGATE_SPOT, FARGATE");
    all.put("SUBNETS", "subnet-1a,subnet-2b");
    all.put("SECURITY_GROUPS", "sg-1a");
    all.put("ASSIGN_PUBLIC_IP", "ENABLED");
    all.put("LAUNCH_RATE", "11");
    all.put("LAUNCH_BURST", "12");
    all.put("MAX_ATTEMPTS", "4");
    all.put("SPOT_ATTEMPTS", "0");
    all.put("SCAN_TIMEOUT", "90s");
    all.put("START_TIMEOUT", "2m");
    all.put("QUEUE_TIMEOUT", "1d");
    all.put("CONFIG_GRACE", "0s");
    all.put("REDIS_URL", "rediss://user:pass-word@redis.example.com:6380/2");
    all.put("REDIS_PREFIX", "other");
    all.put("HTTP_HOST", "0.0.0.0");
    all.put("HTTP_PORT", "0");
    all.put("PUBLIC_URL", "https://scans.example.com/base");
    all.put("API_KEYS", "team-a:" + DIGEST + ",*:" + DIGEST.toUpperCase(Locale.ROOT));
    all.put("TOKEN_KEY", TOKEN_KEY);
    all.put("WEBHOOK_SECRET", WEBHOOK + "," + WEBHOOK.replace('M', 'N'));
    all.put("CALLBACK_ALLOW", "ci.internal,10.0.0.0/8,[fd00::]/8");
    all.put("REPORT_STORE", "file:/var/reports");
    all.put("REPORT_RETENTION", "36h");
    all.put("ROLES", "consumer,supervisor");
    all.put("SPOOL_DIR", "/var/spool/scans");
    all.put("LOG_FORMAT", "json");
    all.put("TASK_DEFINITION_SONAR", "sonar-task");
    all.put("CONTAINER_SONAR", "sonar");
    return all;
  }

  private static void assertEverything(Settings settings) {
    assertThat(settings.aws())
        .isEqualTo(
            new Settings.Aws(
                Optional.of(
                    new Settings.Credentials(
                        new Secret("AKIAOWNOWNOWNOWNOWN1"),
                        new Secret("own-secret"),
                        Optional.empty())),
                "eu-central-1",
                Optional.of(URI.create("http://localhost:2")),
                Optional.of(URI.create("http://localhost:3"))));
    assertThat(settings.queue())
        .isEqualTo(
            new Settings.Queues(
                QUEUE, Optional.of(QUEUE + "-dead"), Optional.of(QUEUE + "-events"), 7));
    assertThat(settings.ecs())
        .isEqualTo(
            new Settings.Ecs(
                "scans",
                List.of(
                    new Placement.CapacityProvider("FARGATE_SPOT"),
                    new Placement.CapacityProvider("FARGATE")),
                new Network(List.of("subnet-1a", "subnet-2b"), List.of("sg-1a"), true)));
    assertThat(settings.launch())
        .isEqualTo(
            new Settings.Launch(
                11,
                12,
                4,
                0,
                new LaunchLimits(
                    Duration.ofDays(1),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(90),
                    Duration.ZERO)));
    assertThat(settings.redis())
        .isEqualTo(
            new Settings.Redis(
                new Secret("rediss://user:pass-word@redis.example.com:6380/2"), "other"));
    assertThat(settings.http())
        .isEqualTo(
            new Settings.Http(
                "0.0.0.0", 0, Optional.of(URI.create("https://scans.example.com/base"))));
    assertThat(settings.api())
        .isEqualTo(
            new Settings.Api(
                List.of(new Settings.ApiKey("team-a", DIGEST), new Settings.ApiKey("*", DIGEST)),
                Optional.of(new Secret(TOKEN_KEY))));
    assertThat(settings.webhooks())
        .isEqualTo(
            new Settings.Webhooks(
                List.of(new Secret(WEBHOOK), new Secret(WEBHOOK.replace('M', 'N'))),
                List.of("ci.internal", "10.0.0.0/8", "[fd00::]/8")));
    assertThat(settings.reports())
        .isEqualTo(
            new Settings.Reports(Optional.of(Path.of("/var/reports")), Duration.ofHours(36)));
    assertThat(settings.node())
        .isEqualTo(
            new Settings.Node(
                Set.of(Settings.Role.CONSUMER, Settings.Role.SUPERVISOR),
                Path.of("/var/spool/scans"),
                Settings.LogFormat.JSON));
  }

  @Test
  void everySettingIsTakenFromTheEnvironment() {
    assertEverything(from(everything()));
  }

  @Test
  void everySettingIsTakenFromTheConfigurationFile() throws IOException {
    StringBuilder text = new StringBuilder("scanner {\n");
    Map<String, String> all = everything();
    for (Key key : Key.values()) {
      if (all.containsKey(key.name())) {
        text.append("  %s = \"%s\"\n".formatted(key.path(), all.get(key.name())));
      }
    }
    text.append("  providers.sonar { task-definition = sonar-task, container = sonar }\n}\n");
    assertEverything(fromFile(text.toString(), Map.of()));
  }

  @Test
  void launchTypeIsThePlaceWhereItIsSet() {
    assertThat(from(with(LEAST, "LAUNCH_TYPE", "FARGATE")).ecs().placements())
        .containsExactly(new Placement.LaunchType("FARGATE"));
  }

  @Test
  void theConfigurationFileAndTheReferenceHaveTheSameKeysAsTheSettings() {
    assertThat(Layers.referencePaths())
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Key.values()).map(Key::path).toList());
  }

  @ParameterizedTest
  @EnumSource
  void theReferenceNamesEachEnvironmentNameAtItsKey(Key key) {
    Config reference =
        ConfigFactory.parseResources(Key.class.getClassLoader(), "reference.conf")
            .withOnlyPath("scanner")
            .withFallback(ConfigValueFactory.fromMap(Map.of(key.name(), "marker")).toConfig())
            .resolve(ConfigResolveOptions.noSystem());
    assertThat(reference.getString("scanner." + key.path())).isEqualTo("marker");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "CONSUMER_QUEUE_URL | - | must be set",
        "CONSUMER_QUEUE_URL | scans | must be a URL",
        "CONSUMER_QUEUE_URL | https://sqs.us-east-1.amazonaws.com/ | must be a queue's URL",
        "CLUSTER_NAME | - | must be set",
        "CLUSTER_NAME | a b | must be the name or the ARN",
        "REDIS_URL | - | must be set",
        "REDIS_URL | http://localhost | must be a URL",
        "REDIS_URL | redis://localhost/x | must be redis://",
        "TASK_DEFINITION_SONAR | - | at least one such pair",
        "CONTAINER_SONAR | - | CONTAINER_SONAR must be set as well",
        "TASK_DEFINITION_SONAR | a b | must be a family",
        "TASK_DEFINITION_SONAR | sonar:0 | must be a family",
        "CONTAINER_SONAR | a b | must be the name of a container",
        "TASK_DEFINITION_9 | nine | must be 1 to 32",
        "TASK_DEFINITION_sonar | sonar | must be 1 to 32",
        "AWS_ACCESS_KEY | AKIA | must be set as well, since AWS_ACCESS_KEY is",
        "AWS_SECRET_KEY | s | must be set as well, since AWS_SECRET_KEY is",
        "AWS_ACCESS_KEY_ID | AKIA | must be set as well",
        "AWS_SECRET_ACCESS_KEY | s | must be set as well",
        "AWS_REGION | nowhere | must be the name of an AWS region",
        "AWS_ENDPOINT_URL | localhost:4566 | must be a URL",
        "AWS_ENDPOINT_URL_SQS | ftp://host | must be a URL",
        "AWS_ENDPOINT_URL_ECS | http://user:word@host | must have no user",
        "DEAD_LETTER_QUEUE_URL | dead | must be a URL",
        "DEAD_LETTER_QUEUE_URL | https://sqs.us-east-1.amazonaws.com/123456789012/scans | another",
        "TASK_EVENTS_QUEUE_URL | https://sqs.us-east-1.amazonaws.com/123456789012/scans | another",
        "MAX_IN_FLIGHT | 0 | must be a whole number from 1 to 10000",
        "MAX_IN_FLIGHT | many | must be a whole number",
        "LAUNCH_TYPE | fargate | must be FARGATE or EC2 or EXTERNAL",
        "CAPACITY_PROVIDERS | a b | must be a list",
        "SUBNETS | net-1 | must be a list",
        "SECURITY_GROUPS | sg-1,sg-2,sg-3,sg-4,sg-5,sg-6 | must be a list of at most 5",
        "ASSIGN_PUBLIC_IP | yes | must be ENABLED or DISABLED",
        "LAUNCH_RATE | 0 | must be a whole number",
        "LAUNCH_BURST | 1.5 | must be a whole number",
        "MAX_ATTEMPTS | 11 | must be a whole number",
        "SPOT_ATTEMPTS | -1 | must be a whole number",
        "SCAN_TIMEOUT | 60 | must be a number and ms",
        "SCAN_TIMEOUT | 13h | must be from 1s to 12h",
        "START_TIMEOUT | 10ms | must be from 1s to 12h",
        "QUEUE_TIMEOUT | 5d | must be from 1s to 4d",
        "CONFIG_GRACE | soon | must be a number and ms",
        "HTTP_HOST | a b | must be a host name",
        "HTTP_HOST | 0.0.0.0 | must be loopback",
        "HTTP_PORT | 65536 | must be a whole number",
        "PUBLIC_URL | scans.example.com | must be a URL",
        "PUBLIC_URL | https://scans.example.com | must be set where PUBLIC_URL is",
        "API_KEYS | team:abababababababababababababababababababababababababababababababab | must be"
            + " set where API_KEYS is",
        "API_KEYS | team:123 | must be a list of tenant:sha256",
        "TOKEN_KEY | short | at least 32",
        "WEBHOOK_SECRET | whsec_short | must be whsec_",
        "CALLBACK_ALLOW | http://ci | must be a list of at most 100 hosts or CIDR blocks, but no. 1"
            + " is none",
        "CALLBACK_ALLOW | ci,10.0.0.0/33,[fd00::]/8,127.1 | no. 2, no. 4 is none",
        "REPORT_STORE | s3://bucket | must be redis",
        "REPORT_RETENTION | 1s | must be from 1m to 3650d",
        "ROLES | worker | must be a list of api",
        "REDIS_PREFIX | a b | must be 1 to 64",
        "LOG_FORMAT | xml | must be text or json",
      })
  void aBrokenRuleIsToldByItself(String name, @Nullable String value, String rule) {
    Map<String, String> broken = new HashMap<>(LEAST);
    if (value == null) {
      broken.remove(name);
    } else {
      broken.put(name, value);
    }
    List<SettingProblem> problems = problems(() -> from(broken));
    assertThat(problems).singleElement().asString().contains(rule);
  }

  @Test
  void launchTypeAndCapacityProvidersExcludeEachOther() {
    Map<String, String> both =
        with(with(LEAST, "LAUNCH_TYPE", "EC2"), "CAPACITY_PROVIDERS", "FARGATE");
    assertThat(problems(() -> from(both)))
        .singleElement()
        .asString()
        .contains("must not be set together");
  }

  @Test
  void aRegionIsNeededWhereNothingNamesOne() {
    Map<String, String> local =
        with(LEAST, "CONSUMER_QUEUE_URL", "http://localhost:9324/000/scans");
    assertThat(problems(() -> from(local)))
        .singleElement()
        .isEqualTo(
            new SettingProblem(
                "AWS_REGION",
                "",
                "must be set, since neither the queue's URL nor the cluster's ARN names a region"));
    String arn = "arn:aws-cn:ecs:cn-north-1:123456789012:cluster/scans";
    assertThat(from(with(local, "CLUSTER_NAME", arn)).aws().region()).isEqualTo("cn-north-1");
  }

  @ParameterizedTest
  @CsvSource({
    "https://sqs.eu-west-3.amazonaws.com/1/q, eu-west-3",
    "https://eu-west-3.queue.amazonaws.com/1/q, eu-west-3",
    "https://sqs-fips.us-gov-west-1.amazonaws.com/1/q, us-gov-west-1",
    "https://vpce-1a-2b.sqs.us-east-2.vpce.amazonaws.com/1/q, us-east-2",
    "https://sqs.us-east-2.api.aws/1/q, us-east-2",
    "https://sqs.cn-north-1.amazonaws.com.cn/1/q, cn-north-1",
  })
  void theQueuesUrlNamesTheRegion(String url, String region) {
    assertThat(from(with(LEAST, "CONSUMER_QUEUE_URL", url)).aws().region()).isEqualTo(region);
  }

  @Test
  void everyProblemIsToldAtOnceAndNoSecretWithIt() throws IOException {
    Map<String, String> broken = new HashMap<>();
    broken.put("TOKEN_KEY", "my-short-key");
    broken.put("API_KEYS", "my-plain-key");
    broken.put("WEBHOOK_SECRET", "my-webhook-key");
    broken.put("AWS_SECRET_KEY", "my-aws-key");
    broken.put("REDIS_URL", "http://user:my-password@localhost");
    broken.put("HTTP_PORT", "http");
    Files.writeString(folder.resolve(".env"), "my-lost-secret\n");
    assertThatThrownBy(() -> from(broken))
        .isInstanceOf(SettingsProblems.class)
        .hasMessageStartingWith("10 problems with the settings:\n  ")
        .hasMessageContaining("HTTP_PORT = http: must be")
        .hasMessageContaining("TOKEN_KEY = ***: ")
        .hasMessageContaining("REDIS_URL = http://user:***@localhost: ")
        .hasMessageContaining("AWS_ACCESS_KEY: must be set as well")
        .hasMessageContaining(".env line 1: ")
        .message()
        .doesNotContain("my-");
  }

  @ParameterizedTest
  @CsvSource({
    "redis//:my-word@host, ***@host",
    "redis//user:my-word@host, ***@host",
    "redis://user:my/word@host, redis://user:***@host",
    "redis://user:my@word@host, redis://user:***@host",
    "user:my-word@host, user:***@host",
    "http://:my-word@host, http://:***@host",
    "http://user@host, http://user@host",
  })
  void aPasswordIsHiddenWhateverElseIsWrongWithItsUrl(String url, String shown) {
    assertThatThrownBy(() -> from(with(LEAST, "REDIS_URL", url)))
        .hasMessageContaining("REDIS_URL = " + shown + ": ")
        .message()
        .doesNotContain("my");
  }

  private static Map<String, String> with(Map<String, String> some, String name, String value) {
    Map<String, String> more = new HashMap<>(some);
    more.put(name, value);
    return more;
  }

  private static List<SettingProblem> problems(ThrowingCallable reading) {
    return catchThrowableOfType(SettingsProblems.class, reading).problems();
  }

  private Settings from(Map<String, String> environment) {
    return Settings.from(
        new SettingsSources(Map.of(), environment, folder, Optional.empty(), Optional.empty()));
  }

  private Settings fromFile(String text, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("scanner.conf"), text);
    return Settings.from(
        new SettingsSources(Map.of(), environment, folder, Optional.empty(), Optional.of(file)));
  }
}
