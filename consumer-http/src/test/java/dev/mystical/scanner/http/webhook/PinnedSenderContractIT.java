package dev.mystical.scanner.http.webhook;

import dev.mystical.scanner.domain.deliver.WebhookSender;
import dev.mystical.scanner.domain.deliver.WebhookSenderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class PinnedSenderContractIT extends WebhookSenderContract {
  private final PinnedSender sender = PinnedSender.open(Senders.LOOPBACK, List.of(Senders.SECRET));
  private final List<Receiver> receivers = new ArrayList<>();

  @AfterEach
  void stop() {
    sender.close();
    receivers.forEach(Receiver::close);
  }

  @Override
  protected WebhookSender sender() {
    return sender;
  }

  @Override
  protected String receiver(int status) {
    // A redirect to itself: whoever follows it is seen twice.
    Receiver receiver =
        Receiver.answering(
            "HTTP/1.1 %d Whatever\r\nLocation: /again\r\nConnection: close\r\n\r\n"
                .formatted(status));
    receivers.add(receiver);
    return "http://127.0.0.1:" + receiver.port();
  }

  @Override
  protected String nobody() {
    try (ServerSocket free = Receiver.bind("127.0.0.1", 0)) {
      return "http://127.0.0.1:" + free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String forbidden() {
    return receiver(200).replace("127.0.0.1", "127.0.0.2");
  }

  @Override
  protected List<Seen> seen() {
    return receivers.stream()
        .flatMap(receiver -> receiver.requests().stream())
        .map(request ->
            new Seen(request.headers().getOrDefault("webhook-id", "none"), request.body()))
        .toList();
  }
}
