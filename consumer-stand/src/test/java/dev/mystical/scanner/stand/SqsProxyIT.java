package dev.mystical.scanner.stand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

class SqsProxyIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static SqsServer server;

  private SqsProxy proxy;
  private SqsClient sqs;
  private String queue;

  @BeforeAll
  static void startServer() {
    server = SqsServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void startProxy(TestInfo test) throws InterruptedException {
    proxy = SqsProxy.before(server.endpoint());
    sqs = SqsClients.of(proxy.endpoint());
    String name = test.getTestMethod().orElseThrow().getName();
    queue = proxy.queueUrl(server.createQueue(name, Duration.ofSeconds(60)));
  }

  @AfterEach
  void stopProxy() {
    sqs.close();
    proxy.close();
  }

  @Test
  void callsPassAndAreCountedByAction() {
    send("a");
    send("b");

    assertThat(receive(10).messages()).hasSize(2);
    assertThat(proxy.calls()).containsEntry("SendMessage", 2).containsEntry("ReceiveMessage", 1);
    assertThat(proxy.calls("DeleteMessage")).isZero();
    proxy.resetCalls();
    assertThat(proxy.calls()).isEmpty();
  }

  @Test
  void aRepeatedReceiveAnswersNoMoreThanWasAskedFor() {
    proxy.next("ReceiveMessage", 1, new SqsFault.Repeat());
    send("a");
    send("b");

    assertThat(receive(3).messages()).extracting(Message::body).containsExactly("a", "b", "a");
    assertThat(proxy.lastBody("ReceiveMessage")).contains("\"MaxNumberOfMessages\":3");
  }

  @Test
  void queueAddressesLeadBackToTheProxy() {
    String name = queue.substring(queue.lastIndexOf('/') + 1);

    assertThat(sqs.getQueueUrl(r -> r.queueName(name)).queueUrl()).isEqualTo(queue);
  }

  @Test
  void orderedErrorIsTheOneTheClientSees() {
    proxy.next("SendMessage", 2, new SqsFault.Refuse("RequestThrottled", 400));
    proxy.next("SendMessage", 1, new SqsFault.Refuse("QueueDoesNotExist", 400));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> send("a"))
          .isInstanceOfSatisfying(
              SqsException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("RequestThrottled"));
    }
    assertThatThrownBy(() -> send("a"))
        .isInstanceOfSatisfying(
            QueueDoesNotExistException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("AWS.SimpleQueueService.NonExistentQueue"));
    send("b");
    assertThat(receive(10).messages()).extracting(Message::body).containsExactly("b");
  }

  @Test
  void droppedAnswerMeansThatTheCallWasCarriedOut() {
    proxy.next("SendMessage", 1, new SqsFault.DropAnswer());

    assertThatThrownBy(() -> send("a")).isInstanceOf(SdkClientException.class);

    assertThat(receive(10).messages()).hasSize(1);
  }

  @Test
  void cutCallWasNotCarriedOut() {
    proxy.next("SendMessage", 1, new SqsFault.Cut());

    assertThatThrownBy(() -> send("a")).isInstanceOf(SdkClientException.class);
    send("b");

    assertThat(receive(10).messages()).extracting(Message::body).containsExactly("b");
  }

  @Test
  void chosenEntriesFailAndTheOthersAreCarriedOut() {
    for (String body : List.of("a", "b", "c")) {
      send(body);
    }
    List<Message> messages = receive(10).messages();
    proxy.next(
        "DeleteMessageBatch", 1, new SqsFault.FailEntries(Set.of(0, 2), "InternalError", false));

    DeleteMessageBatchResponse answer = delete(messages, "");
    DeleteMessageBatchResponse second = delete(messages.subList(0, 1), "");

    assertThat(answer.successful()).extracting(e -> e.id()).containsExactly("1");
    assertThat(answer.failed()).extracting(BatchResultErrorEntry::id).containsExactly("0", "2");
    assertThat(answer.failed()).allMatch(e -> !e.senderFault());
    assertThat(second.successful()).hasSize(1);
  }

  @Test
  void batchInWhichAllEntriesFailReachesNobody() {
    send("a");
    List<Message> messages = receive(10).messages();
    proxy.next(
        "DeleteMessageBatch",
        1,
        new SqsFault.FailEntries(Set.of(0), "ReceiptHandleIsInvalid", true));

    DeleteMessageBatchResponse answer = delete(messages, "");

    assertThat(answer.successful()).isEmpty();
    assertThat(answer.failed()).hasSize(1);
    assertThat(delete(messages, "").successful()).hasSize(1);
  }

  @Test
  void repeatedEntryIdIsRefusedAsAwsDoes() {
    send("a");
    send("b");
    List<Message> messages = receive(10).messages();

    assertThatThrownBy(() -> delete(messages, "same"))
        .isInstanceOfSatisfying(
            BatchEntryIdsNotDistinctException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("AWS.SimpleQueueService.BatchEntryIdsNotDistinct"));
  }

  @Test
  void delayedCallComesLate() {
    proxy.next("SendMessage", 1, new SqsFault.Delay(Duration.ofMillis(300)));
    Instant before = Instant.now();

    send("a");

    assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void heldAnswerComesWhenItIsLetGo()
      throws ExecutionException, InterruptedException, TimeoutException {
    SqsFault.Hold hold = new SqsFault.Hold();
    proxy.next("SendMessage", 1, hold);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sending = threads.submit(() -> send("a"));

      assertThat(hold.awaitReached(LIMIT)).isTrue();
      assertThat(receive(1).messages()).hasSize(1);
      assertThat(sending.isDone()).isFalse();
      hold.release();
      sending.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void outageCutsLongPollsAndEndsWhenHealed() throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ReceiveMessageResponse> poll =
          threads.submit(() ->
              sqs.receiveMessage(
                  r -> r.queueUrl(queue).maxNumberOfMessages(1).waitTimeSeconds(20)));
      assertThat(proxy.awaitCalls("ReceiveMessage", 1, LIMIT)).isTrue();

      proxy.outage();

      assertThatThrownBy(() -> poll.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SdkClientException.class);
      assertThatThrownBy(() -> send("a")).isInstanceOf(SdkClientException.class);
      proxy.heal();
      // The queue before may still hand its next message to the poll that was cut, as SQS may.
      queue = proxy.queueUrl(server.createQueue("afterTheOutage", Duration.ofSeconds(60)));
      send("b");
      assertThat(receive(1).messages()).extracting(Message::body).containsExactly("b");
    }
  }

  @Test
  void threeHundredLongPollsAtOnceAreServed()
      throws ExecutionException, InterruptedException, TimeoutException {
    int polls = 300;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ReceiveMessageResponse>> waiting =
          IntStream.range(0, polls)
              .mapToObj(i ->
                  threads.submit(() ->
                      sqs.receiveMessage(
                          r -> r.queueUrl(queue).maxNumberOfMessages(1).waitTimeSeconds(20))))
              .toList();
      assertThat(proxy.awaitCalls("ReceiveMessage", polls, LIMIT)).isTrue();

      for (int i = 0; i < polls; i++) {
        send("m" + i);
      }

      int received = 0;
      for (Future<ReceiveMessageResponse> poll : waiting) {
        received += poll.get(LIMIT.toSeconds(), TimeUnit.SECONDS).messages().size();
      }
      assertThat(received).isEqualTo(polls);
    }
  }

  @Test
  void emptyLongPollLastsTwentySeconds() {
    Instant before = Instant.now();

    ReceiveMessageResponse answer =
        sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(1).waitTimeSeconds(20));

    assertThat(answer.messages()).isEmpty();
    assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofSeconds(19));
  }

  private void send(String body) {
    var unused = sqs.sendMessage(r -> r.queueUrl(queue).messageBody(body));
  }

  private ReceiveMessageResponse receive(int most) {
    return sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(most).waitTimeSeconds(5));
  }

  private DeleteMessageBatchResponse delete(List<Message> messages, String id) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, messages.size())
            .mapToObj(i ->
                DeleteMessageBatchRequestEntry.builder()
                    .id(id.isEmpty() ? Integer.toString(i) : id)
                    .receiptHandle(messages.get(i).receiptHandle())
                    .build())
            .toList();
    return sqs.deleteMessageBatch(r -> r.queueUrl(queue).entries(entries));
  }
}
