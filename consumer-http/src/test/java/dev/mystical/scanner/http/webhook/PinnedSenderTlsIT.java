package dev.mystical.scanner.http.webhook;

import static dev.mystical.scanner.http.webhook.Senders.LONG;
import static dev.mystical.scanner.http.webhook.Senders.SHORT;
import static dev.mystical.scanner.http.webhook.Senders.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import dev.mystical.scanner.http.webhook.NameResolver.Resolution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PinnedSenderTlsIT {
  private static final String HOST = "receiver.invalid";
  private static final DeliveryOutcome UNPROVEN =
      new DeliveryOutcome.Unreachable(HOST + " has no certificate that proves it to be that host");

  private static TestCertificate forHost;
  private static TestCertificate forAddress;

  private final BlockingQueue<List<SNIServerName>> namesAskedFor = new LinkedBlockingQueue<>();

  @BeforeAll
  static void makeCertificates()
      throws GeneralSecurityException, IOException, InterruptedException {
    forHost = TestCertificate.of("dns:" + HOST);
    forAddress = TestCertificate.of("ip:127.0.0.1");
  }

  private void answer(Socket socket) throws IOException {
    ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
    namesAskedFor.add(session.getRequestedServerNames());
    Receiver.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").answer(socket);
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  private Receiver receiver(TestCertificate certificate) throws IOException {
    return Receiver.on(certificate.listen(), this::answer);
  }

  /** As if a name server said that this machine is the host. */
  private static DeliveryOutcome send(String host, int port, SSLSocketFactory tls, Duration limit)
      throws InterruptedException {
    NameResolver here =
        (name, within) -> new Resolution.Found(List.of(InetAddress.getLoopbackAddress()));
    try (PinnedSender sender = Senders.of(Senders.LOOPBACK, here, tls, limit)) {
      return sender.send(webhook("https://%s:%d/?key=hush".formatted(host, port)));
    }
  }

  @Test
  void aReceiverThatProvesToBeTheHostIsReached() throws IOException, InterruptedException {
    try (Receiver receiver = receiver(forHost)) {
      assertThat(send(HOST, receiver.port(), forHost.trusting(), LONG))
          .isEqualTo(new DeliveryOutcome.Delivered(200));
      assertThat(namesAskedFor.take()).containsExactly(new SNIHostName(HOST));
      assertThat(receiver.end()).isEqualTo("answered");
    }
  }

  @Test
  void anAddressIsProvedAsWell() throws IOException, InterruptedException {
    try (Receiver receiver = receiver(forAddress)) {
      assertThat(send("127.0.0.1", receiver.port(), forAddress.trusting(), LONG))
          .isEqualTo(new DeliveryOutcome.Delivered(200));
      assertThat(namesAskedFor.take()).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherHostProvesNothing() throws IOException, InterruptedException {
    try (Receiver receiver = receiver(forHost)) {
      assertThat(send("other.invalid", receiver.port(), forHost.trusting(), LONG))
          .isEqualTo(
              new DeliveryOutcome.Unreachable(
                  "other.invalid has no certificate that proves it to be that host"));
      assertThat(receiver.requests()).isEmpty();
    }
  }

  /** The address is what is connected to, and yet not what must be proved. */
  @Test
  void aCertificateForTheAddressDoesNotProveTheName() throws IOException, InterruptedException {
    try (Receiver receiver = receiver(forAddress)) {
      assertThat(send(HOST, receiver.port(), forAddress.trusting(), LONG)).isEqualTo(UNPROVEN);
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForProvesNothing() throws IOException, InterruptedException {
    try (Receiver receiver = receiver(forHost)) {
      SSLSocketFactory usual = (SSLSocketFactory) SSLSocketFactory.getDefault();
      assertThat(send(HOST, receiver.port(), usual, LONG)).isEqualTo(UNPROVEN);
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void aReceiverWithoutTlsGetsNoRequest() throws InterruptedException {
    try (Receiver receiver =
        Receiver.listening(socket -> assertThat(socket).as("a request").isNull())) {
      assertThat(send(HOST, receiver.port(), forHost.trusting(), SHORT))
          .isEqualTo(new DeliveryOutcome.Unreachable("no TLS connection to " + HOST));
      assertThat(receiver.requests()).isEmpty();
    }
  }

  @Test
  void aHandshakeThatDoesNotEndIsLeftAtTheDeadline() throws IOException, InterruptedException {
    // Connects, and is never served.
    try (ServerSocket silent = Receiver.bind("127.0.0.1", 0)) {
      assertThat(send(HOST, silent.getLocalPort(), forHost.trusting(), SHORT))
          .isEqualTo(new DeliveryOutcome.Unreachable("no TLS connection to " + HOST));
      try (Socket abandoned = silent.accept()) {
        abandoned.setSoTimeout(30_000);
        assertThat(abandoned.getInputStream().readAllBytes()).isNotEmpty();
      }
    }
  }

  @Test
  void aReceiverThatDripsOverTlsIsLeftAtTheDeadline() throws IOException, InterruptedException {
    try (Receiver receiver =
        Receiver.on(
            forHost.listen(), Receiver.drip("HTTP/1.1 200 O~" + "y".repeat(1_000) + "\r\n\r\n"))) {
      assertThat(send(HOST, receiver.port(), forHost.trusting(), Duration.ofSeconds(2)))
          .isEqualTo(new DeliveryOutcome.Unreachable("no answer from " + HOST));
      assertThat(receiver.end()).startsWith("broken");
    }
  }
}
