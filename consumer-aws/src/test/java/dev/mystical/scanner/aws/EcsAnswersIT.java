package dev.mystical.scanner.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that no ECS gives, and none at all. */
class EcsAnswersIT {
  private static final String JSON = "application/x-amz-json-1.1";
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String TASK =
      "{\"tasks\":[{\"taskArn\":\"arn:aws:ecs:r:1:task/scans/a\",\"createdAt\":%s}],"
          + "\"failures\":[]}";

  private static final WireMockServer SERVER = new WireMockServer(wireMockConfig().dynamicPort());

  private final AwsClients clients;
  private final AwsClients hasty;

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  EcsAnswersIT() {
    SERVER.resetAll();
    clients = TestClients.of(URI.create(SERVER.baseUrl()));
    hasty = TestClients.of(URI.create(SERVER.baseUrl()), TestClients.SHORT, 2);
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
        Arguments.of(
            "time as text", okForContentType(JSON, TASK.formatted("\"2026-01-01T00:00:00Z\""))),
        Arguments.of("answer that ends early", okForContentType(JSON, TASK.substring(0, 60))),
        Arguments.of("bare refusal", aResponse().withStatus(400)),
        Arguments.of("gateway timeout", aResponse().withStatus(504)),
        Arguments.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
        Arguments.of("nothing", aResponse().withFault(Fault.EMPTY_RESPONSE)),
        Arguments.of("rubbish", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        Arguments.of("rubbish body", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unclear")
  void unclearAnswerToRunTaskIsNoAnswerAndNotRepeated(String name, ResponseDefinitionBuilder answer)
      throws InterruptedException {
    SERVER.stubFor(any(anyUrl()).willReturn(answer));

    assertThat(clients.launcher().launch(EcsStand.request()))
        .as(name)
        .isInstanceOf(LaunchOutcome.NoAnswer.class);
    assertThat(SERVER.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
  }

  static Stream<ResponseDefinitionBuilder> slow() {
    return Stream.of(
        okForContentType(JSON, TASK.formatted("1")).withFixedDelay(30_000),
        okForContentType(JSON, TASK.formatted("1")).withChunkedDribbleDelay(30, 30_000));
  }

  @ParameterizedTest
  @MethodSource("slow")
  void silenceAndTrickleAreNoAnswerInGoodTime(ResponseDefinitionBuilder answer)
      throws InterruptedException {
    SERVER.stubFor(any(anyUrl()).willReturn(answer));
    long start = System.nanoTime();

    assertThat(hasty.launcher().launch(EcsStand.request()))
        .isInstanceOf(LaunchOutcome.NoAnswer.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
  }

  /** A flag left behind by the SDK's timer would stop whoever blocks next. */
  @Test
  void deadlineLeavesNoInterruptBehind() throws InterruptedException {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(30_000)));

    for (int i = 0; i < 3; i++) {
      assertThat(hasty.launcher().launch(EcsStand.request()))
          .isInstanceOf(LaunchOutcome.NoAnswer.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void nobodyAtTheAddressIsNoAnswer() throws InterruptedException {
    WireMockServer gone = new WireMockServer(wireMockConfig().dynamicPort());
    gone.start();
    URI address = URI.create(gone.baseUrl());
    gone.stop();

    try (AwsClients nobodys = TestClients.of(address)) {
      assertThat(nobodys.launcher().launch(EcsStand.request()))
          .isInstanceOf(LaunchOutcome.NoAnswer.class);
    }
  }

  @Test
  void emptyListsAreARefusal() throws InterruptedException {
    SERVER.stubFor(
        any(anyUrl()).willReturn(okForContentType(JSON, "{\"tasks\":[],\"failures\":[]}")));

    assertThat(clients.launcher().launch(EcsStand.request()))
        .isInstanceOf(LaunchOutcome.NoCapacity.class);
  }

  @Test
  void errorIsKnownByItsHeaderAlone() throws InterruptedException {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withHeader(
                        "x-amzn-ErrorType", "com.amazonaws.ecs#ThrottlingException:http://x")
                    .withHeader("x-amzn-RequestId", "request-1")
                    .withBody("{}")));

    assertThat(clients.launcher().launch(EcsStand.request()))
        .isInstanceOfSatisfying(
            LaunchOutcome.Throttled.class,
            throttled -> assertThat(throttled.trouble().requestId()).contains("request-1"));
  }

  @Test
  void silenceToAReaderIsBounded() {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(30_000)));
    long start = System.nanoTime();

    assertThatThrownBy(() -> hasty.tasks().startedBy("scans", "scan/1/sonar"))
        .isInstanceOf(TasksUnavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
  }

  @Test
  void listWithoutEndIsNotFollowedForEver() {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(okForContentType(JSON, "{\"taskArns\":[],\"nextToken\":\"again\"}")));

    assertThatThrownBy(() -> clients.tasks().startedBy("scans", "scan/1/sonar"))
        .isInstanceOf(TasksUnavailable.class)
        .hasMessageContaining("too many");
    assertThat(SERVER.findAll(anyRequestedFor(anyUrl()))).hasSize(EcsTaskReader.PAGES);
  }

  @Test
  void taskThatCannotBeShownIsNotTakenForAbsent() {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                okForContentType(
                    JSON, "{\"tasks\":[],\"failures\":[{\"arn\":\"a\",\"reason\":\"DENIED\"}]}")));
    TaskReader reader = clients.tasks();

    assertThatThrownBy(() -> reader.describe("scans", List.of(new TaskArn("a"))))
        .isInstanceOf(TasksUnavailable.class)
        .hasMessageContaining("DENIED");
  }
}
