package dev.mystical.scanner.http.webhook;

import static dev.mystical.scanner.http.webhook.Senders.LONG;
import static dev.mystical.scanner.http.webhook.Senders.SHORT;
import static dev.mystical.scanner.http.webhook.Senders.url;
import static dev.mystical.scanner.http.webhook.Senders.webhook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import dev.mystical.scanner.http.webhook.Receiver.Request;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedSenderIT {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final DeliveryOutcome UNANSWERED =
      new DeliveryOutcome.Unreachable("no answer from 127.0.0.1");

  /** Sends once; what comes of it never shows the URL's secrets, nor the receiver's words. */
  private static DeliveryOutcome send(Receiver receiver, Duration limit)
      throws InterruptedException {
    try (PinnedSender sender = Senders.within(limit)) {
      DeliveryOutcome outcome = sender.send(webhook(url(receiver)));
      assertThat(outcome.toString()).doesNotContain("hush");
      return outcome;
    }
  }

  /** Sends with little time; the connection ends although the sender goes on. */
  private static DeliveryOutcome sendAndBeGone(Receiver receiver) throws InterruptedException {
    try (PinnedSender sender = Senders.within(SHORT)) {
      DeliveryOutcome outcome = sender.send(webhook(url(receiver)));
      assertThat(receiver.end()).startsWith("broken");
      return outcome;
    }
  }

  @Test
  void theRequestIsWhatReceiversExpect() throws InterruptedException {
    try (Receiver receiver = Receiver.answering(OK + "\r\n")) {
      send(receiver, LONG);
      Request request = receiver.requests().getFirst();
      assertThat(request.line()).isEqualTo("POST /hooks/hush?key=hush HTTP/1.1");
      assertThat(request.body()).isEqualTo("{\"project\":\"Zahlungen für Ä\"}");
      assertThat(request.headers())
          .containsEntry("host", "127.0.0.1:" + receiver.port())
          .containsEntry("content-type", "application/cloudevents+json; charset=UTF-8")
          .containsEntry("content-length", "31")
          .containsEntry("connection", "close")
          .containsEntry("webhook-id", "msg_1")
          .containsEntry("webhook-timestamp", "1767323045")
          .containsOnlyKeys(
              "host",
              "user-agent",
              "content-type",
              "content-length",
              "connection",
              "webhook-id",
              "webhook-timestamp",
              "webhook-signature");
    }
  }

  @Test
  void othersFindTheRequestGoodUnderEitherSecret() throws InterruptedException {
    try (Receiver receiver = Receiver.answering(OK + "\r\n");
        PinnedSender sender = Senders.within(LONG)) {
      sender.send(webhook(url(receiver), Instant.now()));
      Request request = receiver.requests().getFirst();
      Map<String, List<String>> headers =
          request.headers().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, it -> List.of(it.getValue())));
      for (String secret : List.of(Senders.SECRET, Senders.OTHER_SECRET)) {
        assertThatCode(() -> new Webhook(secret).verify(request.body(), headers))
            .doesNotThrowAnyException();
      }
      assertThatThrownBy(() -> new Webhook(Senders.SECRET).verify(request.body() + " ", headers))
          .isNotNull();
    }
  }

  @Test
  void aReceiverSaysWhenToComeBack() throws InterruptedException {
    try (Receiver receiver =
        Receiver.answering("HTTP/1.1 429 hush\r\nRetry-After: 120\r\n\r\nhush")) {
      assertThat(send(receiver, LONG))
          .isEqualTo(
              new DeliveryOutcome.Refused(
                  429, "127.0.0.1 answered 429", Optional.of(Duration.ofMinutes(2))));
    }
  }

  @Test
  void aReceiverThatIsSilentIsLeftAtTheDeadline() throws InterruptedException {
    try (Receiver receiver = Receiver.listening(Receiver::untilLeft)) {
      assertThat(sendAndBeGone(receiver)).isEqualTo(UNANSWERED);
    }
  }

  /** A time limit for each read would never strike, and all of these end well after a while. */
  @ParameterizedTest
  @ValueSource(strings = {"~" + OK + "X-Slow: ", "HTTP/1.1 200 O~", OK + "X-Slow: ~"})
  void aReceiverThatDripsIsLeftAtTheDeadline(String start) throws InterruptedException {
    try (Receiver receiver =
        Receiver.listening(Receiver.drip(start + "y".repeat(300) + "\r\n\r\n"))) {
      assertThat(sendAndBeGone(receiver)).isEqualTo(UNANSWERED);
    }
  }

  @Test
  void aReceiverThatKeepsSayingGoOnIsLeftAtTheDeadline() throws InterruptedException {
    String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
    try (Receiver receiver =
        Receiver.listening(Receiver.drip(goOn + "~" + goOn.repeat(20) + OK + "\r\n"))) {
      assertThat(sendAndBeGone(receiver)).isEqualTo(UNANSWERED);
    }
  }

  @Test
  void a2xxCountsHoweverSlowlyTheRestComes() throws InterruptedException {
    try (Receiver receiver = Receiver.listening(Receiver.drip(OK + "\r\n~" + "y".repeat(300)))) {
      assertThat(sendAndBeGone(receiver)).isEqualTo(new DeliveryOutcome.Delivered(200));
    }
  }

  @Test
  void a2xxCountsAlthoughTheConnectionIsReset() throws InterruptedException {
    try (Receiver receiver =
        Receiver.listening(socket -> {
          Receiver.say(OK + "Content-Length: 100\r\n\r\nabc").answer(socket);
          socket.setSoLinger(true, 0);
        })) {
      assertThat(send(receiver, LONG)).isEqualTo(new DeliveryOutcome.Delivered(200));
    }
  }

  @Test
  void ofAnEndlessAnswerLittleIsRead() throws InterruptedException {
    AtomicLong written = new AtomicLong();
    try (Receiver receiver = Receiver.listening(socket -> flood(socket, written))) {
      assertThat(send(receiver, LONG)).isEqualTo(new DeliveryOutcome.Delivered(200));
      assertThat(receiver.end()).startsWith("broken");
      // What the two kernels hold, and not what a sender reads in half a minute.
      assertThat(written).hasValueLessThan(64L << 20);
    }
  }

  private static void flood(Socket socket, AtomicLong written) throws java.io.IOException {
    Receiver.say(OK + "\r\n").answer(socket);
    byte[] block = new byte[64 * 1024];
    while (true) {
      socket.getOutputStream().write(block);
      written.addAndGet(block.length);
    }
  }

  @Test
  void anAnswerThatIsNoneIsNoAnswer() throws InterruptedException {
    for (String answer :
        List.of(
            "",
            "hush\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2p1 hush\r\n",
            "HTTP/1.1\r\n\r\n",
            "HTTP/1.1 hush\r\n\r\n",
            OK + "X: " + "y".repeat(9_000) + "\r\n\r\n",
            OK + "X: y\r\n".repeat(101) + "\r\n")) {
      try (Receiver receiver = Receiver.answering(answer)) {
        assertThat(send(receiver, LONG)).as(answer).isEqualTo(UNANSWERED);
      }
    }
  }

  @Test
  void anInterruptBreaksItOff() throws InterruptedException {
    Thread sending = Thread.currentThread();
    try (PinnedSender sender = Senders.within(LONG);
        Receiver receiver =
            Receiver.listening(socket -> {
              sending.interrupt();
              Receiver.untilLeft(socket);
            })) {
      assertThatThrownBy(() -> sender.send(webhook(url(receiver))))
          .isInstanceOf(InterruptedException.class);
      assertThat(receiver.end()).startsWith("broken");
    }
  }

  @Test
  void closingTheSenderBreaksItOff() throws InterruptedException, ExecutionException {
    PinnedSender sender = Senders.within(LONG);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Receiver receiver =
            Receiver.listening(socket -> {
              sender.close();
              Receiver.untilLeft(socket);
            })) {
      Future<DeliveryOutcome> sending = threads.submit(() -> sender.send(webhook(url(receiver))));
      assertThat(sending.get()).isEqualTo(UNANSWERED);
      assertThat(sender.send(webhook(url(receiver))))
          .isEqualTo(new DeliveryOutcome.Unreachable("nothing is sent any more"));
    }
  }

  /** A proxy would be told the name, and look it up itself. */
  @Test
  void noProxyOfTheMachineIsUsed() throws InterruptedException {
    try (Receiver proxy = Receiver.answering("HTTP/1.1 200 OK\r\n\r\n");
        Receiver receiver = Receiver.answering("HTTP/1.1 202 OK\r\n\r\n")) {
      List<String> properties = List.of("http.proxy", "https.proxy", "socksProxy");
      for (String property : properties) {
        System.setProperty(property + "Host", "127.0.0.1");
        System.setProperty(property + "Port", Integer.toString(proxy.port()));
      }
      // Else the JDK would spare this machine.
      System.setProperty("http.nonProxyHosts", "");
      System.setProperty("socksNonProxyHosts", "");
      try {
        assertThat(send(receiver, LONG)).isEqualTo(new DeliveryOutcome.Delivered(202));
      } finally {
        properties.forEach(it -> System.clearProperty(it + "Host"));
        properties.forEach(it -> System.clearProperty(it + "Port"));
        System.clearProperty("http.nonProxyHosts");
        System.clearProperty("socksNonProxyHosts");
      }
      assertThat(proxy.connections()).isZero();
    }
  }

  @Test
  void aLargeBodyArrivesWhole() throws InterruptedException {
    String body = "{\"x\":\"" + "ä".repeat(500_000) + "\"}";
    try (Receiver receiver = Receiver.answering(OK + "\r\n");
        PinnedSender sender = Senders.within(LONG)) {
      assertThat(
              sender.send(
                  new dev.mystical.scanner.domain.deliver.Webhook(
                      "msg_1", url(receiver), body, Instant.EPOCH)))
          .isEqualTo(new DeliveryOutcome.Delivered(200));
      assertThat(receiver.requests().getFirst().body().getBytes(UTF_8))
          .isEqualTo(body.getBytes(UTF_8));
    }
  }
}
