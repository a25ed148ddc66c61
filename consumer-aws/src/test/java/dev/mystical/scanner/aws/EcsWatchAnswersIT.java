package dev.mystical.scanner.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.StopOutcome;
import dev.mystical.scanner.domain.supervise.TaskSweep.Listing;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What watching and sweeping make of answers that no ECS gives, and of none at all. */
class EcsWatchAnswersIT {
  private static final String JSON = "application/x-amz-json-1.1";
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final TaskArn TASK = new TaskArn("arn:aws:ecs:r:1:task/scans/a");
  private static final TaskArn OTHER = new TaskArn("arn:aws:ecs:r:1:task/scans/b");

  private static final WireMockServer SERVER = new WireMockServer(wireMockConfig().dynamicPort());

  private final AwsClients clients;
  private final AwsClients hasty;

  EcsWatchAnswersIT() {
    SERVER.resetAll();
    clients = TestClients.of(URI.create(SERVER.baseUrl()));
    hasty = TestClients.of(URI.create(SERVER.baseUrl()), TestClients.SHORT, 2);
  }

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @AfterEach
  void close() {
    hasty.close();
    clients.close();
  }

  static Stream<Arguments> unclear() {
    return Stream.of(
        Arguments.of(
            "HTML page",
            aResponse().withStatus(502).withHeader("Content-Type", "text/html").withBody("<html>")),
        Arguments.of("page in place of the answer", okForContentType("text/html", "<html>hello")),
        Arguments.of("empty body", okForContentType(JSON, "")),
        Arguments.of("empty object", okForContentType(JSON, "{}")),
        Arguments.of("null", okForContentType(JSON, "null")),
        Arguments.of("bare refusal", aResponse().withStatus(400)),
        Arguments.of("gateway timeout", aResponse().withStatus(504)),
        Arguments.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        Arguments.of("nothing", aResponse().withFault(Fault.EMPTY_RESPONSE)),
        Arguments.of("rubbish", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        Arguments.of("rubbish body", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unclear")
  void anUnclearAnswerIsNeitherAbsenceNorAStop(String name, ResponseDefinitionBuilder answer)
      throws InterruptedException {
    SERVER.stubFor(any(anyUrl()).willReturn(answer));

    assertThatThrownBy(() -> clients.watcher().look("scans", List.of(TASK)))
        .as(name)
        .isInstanceOf(TasksUnavailable.class);
    assertThatThrownBy(() -> clients.sweep().page("scans", Listing.STOPPED, Optional.empty()))
        .as(name)
        .isInstanceOf(TasksUnavailable.class);
    assertThat(clients.watcher().stop("scans", TASK, "why"))
        .as(name)
        .isInstanceOf(StopOutcome.Refused.class);
    assertThat(SERVER.findAll(anyRequestedFor(anyUrl()))).hasSize(3);
  }

  static Stream<ResponseDefinitionBuilder> slow() {
    return Stream.of(
        okForContentType(JSON, "{\"task\":{}}").withFixedDelay(30_000),
        okForContentType(JSON, "{\"task\":{}}").withChunkedDribbleDelay(10, 30_000));
  }

  @ParameterizedTest
  @MethodSource("slow")
  void silenceAndTrickleAreLeftInGoodTime(ResponseDefinitionBuilder answer)
      throws InterruptedException {
    SERVER.stubFor(any(anyUrl()).willReturn(answer));
    long start = System.nanoTime();

    assertThatThrownBy(() -> hasty.watcher().look("scans", List.of(TASK)))
        .isInstanceOf(TasksUnavailable.class);
    assertThatThrownBy(() -> hasty.sweep().page("scans", Listing.RUNNING, Optional.empty()))
        .isInstanceOf(TasksUnavailable.class);
    assertThat(hasty.watcher().stop("scans", TASK, "why")).isInstanceOf(StopOutcome.Refused.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  /** Who takes silence about one task for its absence ends a scan that runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tasks\":[{\"taskArn\":\"arn:aws:ecs:r:1:task/scans/a\"}],\"failures\":[]}",
        "{\"tasks\":[{\"lastStatus\":\"RUNNING\"},{\"taskArn\":\"\"}],\"failures\":[]}",
        "{\"tasks\":[],\"failures\":[{\"arn\":\"arn:aws:ecs:r:1:task/scans/a\","
            + "\"reason\":\"MISSING\"}]}",
        "{\"tasks\":[],\"failures\":[{\"arn\":\"arn:aws:ecs:r:1:task/scans/a\","
            + "\"reason\":\"MISSING\"},{\"arn\":\"arn:aws:ecs:r:1:task/scans/a\","
            + "\"reason\":\"MISSING\"}]}",
        "{\"tasks\":[],\"failures\":[{\"arn\":\"arn:aws:ecs:r:1:task/scans/a\","
            + "\"reason\":\"MISSING\"},{\"arn\":\"arn:aws:ecs:r:1:task/scans/b\","
            + "\"reason\":\"DENIED\"}]}",
        "{\"tasks\":[],\"failures\":[{\"reason\":\"MISSING\"},{}]}"
      })
  void anAnswerThatLeavesATaskOutIsNone(String answer) {
    SERVER.stubFor(any(anyUrl()).willReturn(okForContentType(JSON, answer)));

    assertThatThrownBy(() -> clients.watcher().look("scans", List.of(TASK, OTHER)))
        .isInstanceOf(TasksUnavailable.class);
  }

  @Test
  void anAnswerAboutAllOfThemIsTaken() throws InterruptedException {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                okForContentType(
                    JSON,
                    "{\"tasks\":[{\"taskArn\":\"%s\"}],\"failures\":[{\"arn\":\"%s\",\"reason\":\"MISSING\"}]}"
                        .formatted(TASK, OTHER))));

    assertThat(clients.watcher().look("scans", List.of(TASK, OTHER, TASK)))
        .singleElement()
        .satisfies(report -> {
          assertThat(report.arn()).isEqualTo(TASK);
          assertThat(report.lastStatus()).isEqualTo("UNKNOWN");
          assertThat(report.containers()).isEmpty();
        });
    SERVER.verify(
        anyRequestedFor(anyUrl())
            .withRequestBody(
                equalToJson(
                    "{\"cluster\":\"scans\",\"tasks\":[\"%s\",\"%s\"]}".formatted(TASK, OTHER))));
  }

  @Test
  void aPageOfMoreTasksThanOneCallTakesIsNoAnswer() {
    StringBuilder names = new StringBuilder("\"a\"");
    for (int i = 0; i < 100; i++) {
      names.append(",\"").append(i).append('"');
    }
    SERVER.stubFor(
        any(anyUrl()).willReturn(okForContentType(JSON, "{\"taskArns\":[" + names + "]}")));

    assertThatThrownBy(() -> clients.sweep().page("scans", Listing.RUNNING, Optional.empty()))
        .isInstanceOf(TasksUnavailable.class)
        .hasMessageContaining("101");
  }

  @Test
  void onlyAnInvalidParameterInTheseWordsMeansThatThereIsNoSuchTask() throws InterruptedException {
    refusal("InvalidParameterException", "The referenced task was not found.");
    assertThat(clients.watcher().stop("scans", TASK, "why")).isEqualTo(new StopOutcome.Unknown());

    refusal("InvalidParameterException", "Invalid task id");
    assertThat(clients.watcher().stop("scans", TASK, "why"))
        .isInstanceOf(StopOutcome.Refused.class);

    refusal("AccessDeniedException", "The referenced task was not found.");
    assertThat(clients.watcher().stop("scans", TASK, "why"))
        .isInstanceOfSatisfying(
            StopOutcome.Refused.class,
            refused -> {
              assertThat(refused.trouble().message()).contains("AccessDeniedException");
              assertThat(refused.trouble().requestId()).contains("request-1");
            });
  }

  private static void refusal(String type, String message) {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withHeader("x-amzn-RequestId", "request-1")
                    .withBody("{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message))));
  }
}
