package dev.mystical.scanner.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.EntryResult;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.QueueUnavailable.Kind;
import dev.mystical.scanner.domain.queue.Receipt;
import dev.mystical.scanner.domain.queue.ScanQueue;
import dev.mystical.scanner.domain.scan.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers that no SQS gives, none at all, and what exactly is asked. */
class SqsAnswersIT {
  private static final String JSON = "application/x-amz-json-1.0";
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final Receipt RECEIPT = new Receipt(new MessageId("m-1"), "handle-1");

  private static final WireMockServer SERVER = new WireMockServer(wireMockConfig().dynamicPort());

  private final AwsClients clients;
  private final AwsClients hasty;
  private final String url;

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  SqsAnswersIT() {
    SERVER.resetAll();
    clients = TestClients.of(URI.create(SERVER.baseUrl()));
    hasty = TestClients.of(URI.create(SERVER.baseUrl()), TestClients.SHORT, 2);
    url = SERVER.baseUrl() + "/000000000000/scans";
  }

  @AfterEach
  void close() {
    hasty.close();
    clients.close();
  }

  private ScanQueue queue() {
    return clients.queue(url);
  }

  private void answer(String body) {
    SERVER.stubFor(any(anyUrl()).willReturn(okForContentType(JSON, body)));
  }

  @Test
  void receiveAsksForWhatIsNeededAndSetsNoVisibility() throws InterruptedException {
    answer("{}");
    AwsClients production = TestClients.of(URI.create(SERVER.baseUrl()), Deadlines.STANDARD, 1);
    try (production) {
      assertThat(production.queue(url).receive(7)).isEmpty();
    }

    LoggedRequest request = SERVER.findAll(anyRequestedFor(anyUrl())).getFirst();
    assertThat(request.getHeader("X-Amz-Target")).isEqualTo("AmazonSQS.ReceiveMessage");
    assertThat(request.getBodyAsString())
        .isEqualTo(
            "{\"QueueUrl\":\"%s\",".formatted(url)
                + "\"MessageSystemAttributeNames\":[\"ApproximateReceiveCount\",\"SentTimestamp\"],"
                + "\"MessageAttributeNames\":[\"signature\",\"traceparent\",\"sourceMessageId\"],"
                + "\"MaxNumberOfMessages\":7,\"WaitTimeSeconds\":20}");
  }

  @Test
  void entriesAreNamedByPosition() throws InterruptedException {
    answer("{\"Successful\":[{\"Id\":\"1\"},{\"Id\":\"0\"}],\"Failed\":[]}");

    assertThat(queue().delete(List.of(RECEIPT, RECEIPT)))
        .containsExactly(new EntryResult.Done(), new EntryResult.Done());
    assertThat(SERVER.findAll(anyRequestedFor(anyUrl())).getFirst().getBodyAsString())
        .contains("\"Id\":\"0\"", "\"Id\":\"1\"")
        .doesNotContain("m-1");
  }

  @Test
  void entryThatIsNotAnsweredIsNotDone() throws InterruptedException {
    answer("{\"Successful\":[{\"Id\":\"1\"},{\"Id\":\"77\"}]}");

    List<EntryResult> results = queue().delete(List.of(RECEIPT, RECEIPT, RECEIPT));

    assertThat(results.get(0)).isInstanceOf(EntryResult.Failed.class);
    assertThat(results.get(1)).isEqualTo(new EntryResult.Done());
    assertThat(results.get(2)).isInstanceOf(EntryResult.Failed.class);
  }

  @Test
  void answersAreMatchedByName() throws InterruptedException {
    answer(
        "{\"Successful\":[{\"Id\":\"2\"}],\"Failed\":["
            + "{\"Id\":\"1\",\"Code\":\"InternalError\",\"SenderFault\":false},"
            + "{\"Id\":\"0\",\"Code\":\"ReceiptHandleIsInvalid\",\"SenderFault\":true}]}");

    List<EntryResult> results =
        queue().extend(List.of(RECEIPT, RECEIPT, RECEIPT), Duration.ofSeconds(30));

    assertThat(results.get(0)).isInstanceOf(EntryResult.Gone.class);
    assertThat(results.get(1)).isInstanceOf(EntryResult.Failed.class);
    assertThat(results.get(2)).isEqualTo(new EntryResult.Done());
  }

  @Test
  void moreThanABatchIsAMistake() {
    List<Receipt> receipts = Collections.nCopies(11, RECEIPT);

    assertThatThrownBy(() -> queue().delete(receipts)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue().receive(11)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue().receive(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void silenceIsBoundedAndLeavesNoInterruptBehind() {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFixedDelay(30_000)));
    long start = System.nanoTime();

    for (int i = 0; i < 2; i++) {
      assertPassing(() -> hasty.queue(url).receive(1));
      assertPassing(() -> hasty.queue(url).delete(List.of(RECEIPT)));
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND.multipliedBy(2));
  }

  @Test
  void brokenAnswersPass() {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(502).withBody("<html>")));
    assertPassing(() -> queue().receive(1));
    SERVER.stubFor(any(anyUrl()).willReturn(okForContentType(JSON, "{\"Messages\":[{\"Bo")));
    assertPassing(() -> queue().receive(1));
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    assertPassing(() -> queue().receive(1));
  }

  @Test
  void copyThatIsTooLongForItsQueueIsCutToItsLimit() throws InterruptedException {
    String scenario = "limit";
    SERVER.stubFor(
        post(anyUrl())
            .inScenario(scenario)
            .willSetStateTo("told")
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withBody(
                        "{\"__type\":\"com.amazonaws.sqs#InvalidParameterValue\",\"message\":\"One"
                            + " or more parameters are invalid. Reason: Message must be shorter"
                            + " than 2024 bytes.\"}")));
    SERVER.stubFor(
        post(anyUrl())
            .inScenario(scenario)
            .whenScenarioStateIs("told")
            .withRequestBody(matchingJsonPath("$.MessageBody", equalTo("x".repeat(1000))))
            .withRequestBody(containing("cutFrom"))
            .willReturn(
                okForContentType(
                    JSON,
                    // The SDK checks both digests of what it has sent.
                    "{\"MessageId\":\"copy\","
                        + "\"MD5OfMessageBody\":\"398533d48111e9f664b1f64cb10c4b63\","
                        + "\"MD5OfMessageAttributes\":\"98c3bdc45c6eb372ff7b1c37d82fc10d\"}")));

    clients
        .deadLetters(Optional.of(url))
        .copy(
            new Delivery(RECEIPT, "x".repeat(5000), Map.of(), 1, Instant.EPOCH),
            ErrorCode.MESSAGE_INVALID);

    assertThat(SERVER.findAll(anyRequestedFor(anyUrl()))).hasSize(2);
  }

  private static void assertPassing(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QueueUnavailable.class, e -> assertThat(e.kind()).isEqualTo(Kind.PASSING));
  }
}
