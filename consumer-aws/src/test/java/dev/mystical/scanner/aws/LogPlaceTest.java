package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

class LogPlaceTest {
  private static final String TASK = "arn:aws:ecs:eu-west-1:123456789012:task/scans/0123abcd";
  private static final Container SCANNER =
      Container.builder().name("scanner").runtimeId("docker-1").build();
  private static final Map<String, String> OPTIONS =
      Map.of(
          "awslogs-group", "/ecs/scans",
          "awslogs-region", "eu-west-1",
          "awslogs-stream-prefix", "sonar");

  @Test
  void aStreamIsPrefixContainerAndTask() {
    assertThat(link(OPTIONS))
        .isEqualTo(
            "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1"
                + "#logsV2:log-groups/log-group/$252Fecs$252Fscans"
                + "/log-events/sonar$252Fscanner$252F0123abcd");
  }

  /** Without a prefix the driver names the stream by the container's id. */
  @Test
  void withoutAPrefixTheStreamIsDockers() {
    assertThat(link(with("awslogs-stream-prefix", ""))).endsWith("/log-events/docker-1");
    assertThat(
            place(with("awslogs-stream-prefix", ""))
                .link(TASK, Container.builder().name("scanner").build()))
        .endsWith("/log-group/$252Fecs$252Fscans");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, https://eu-west-1.console.aws.amazon.com/",
    "cn-north-1, https://cn-north-1.console.amazonaws.cn/",
    "us-gov-west-1, https://us-gov-west-1.console.amazonaws-us-gov.com/",
  })
  void everyPartOfTheWorldHasItsConsole(String region, String address) {
    assertThat(link(with("awslogs-region", region))).startsWith(address);
  }

  @Test
  void namesAreEncodedTwice() {
    assertThat(link(with("awslogs-group", "a#b c.d")))
        .contains("/log-group/a$2523b$2520c.d/log-events/");
  }

  /** The region becomes part of a host name that people follow. */
  @ParameterizedTest
  @CsvSource({
    "awslogs-region, evil.example/",
    "awslogs-region, ''",
    "awslogs-region, EU-WEST-1",
    "awslogs-group, ''",
    "awslogs-group, ' '",
  })
  void whatIsNoPlaceHasNoLink(String option, String value) {
    assertThat(LogPlace.of(container("awslogs", with(option, value)))).isEmpty();
  }

  @Test
  void otherDriversHaveNoLink() {
    assertThat(LogPlace.of(container("splunk", OPTIONS))).isEmpty();
    assertThat(LogPlace.of(container("a-new-one", OPTIONS))).isEmpty();
    assertThat(LogPlace.of(ContainerDefinition.builder().name("scanner").build())).isEmpty();
    assertThat(
            LogPlace.of(
                ContainerDefinition.builder()
                    .logConfiguration(it -> it.logDriver("awslogs").options(OPTIONS))
                    .build()))
        .isEmpty();
  }

  private static String link(Map<String, String> options) {
    return place(options).link(TASK, SCANNER);
  }

  private static LogPlace place(Map<String, String> options) {
    return LogPlace.of(container("awslogs", options)).orElseThrow();
  }

  private static Map<String, String> with(String option, String value) {
    Map<String, String> options = new HashMap<>(OPTIONS);
    options.put(option, value);
    return options;
  }

  private static ContainerDefinition container(String driver, Map<String, String> options) {
    return ContainerDefinition.builder()
        .name("scanner")
        .logConfiguration(it -> it.logDriver(driver).options(options))
        .build();
  }
}
