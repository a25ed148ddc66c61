package dev.mystical.scanner.http.webhook;

import static dev.mystical.scanner.http.webhook.Senders.LONG;
import static dev.mystical.scanner.http.webhook.Senders.SHORT;
import static dev.mystical.scanner.http.webhook.Senders.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import dev.mystical.scanner.http.webhook.NameResolver.Resolution;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loopback has many addresses: here some of them may be reached and others must not be. */
class PinningIT {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\n\r\n";

  private final Receiver good = Receiver.on(Receiver.bind("127.0.0.2", 0), Receiver.say(ANSWER));
  private final Receiver trap =
      Receiver.on(Receiver.bind("127.0.0.1", good.port()), Receiver.say(ANSWER));
  private final Deque<List<InetAddress>> answers = new ArrayDeque<>();
  private final PinnedSender sender =
      Senders.of(
          CallbackRules.of(List.of("127.0.0.2", "127.0.0.3")),
          (host, within) -> new Resolution.Found(answers.remove()),
          LONG);

  @AfterEach
  void stop() {
    sender.close();
    good.close();
    trap.close();
  }

  private void answer(String... addresses) {
    answers.add(Arrays.stream(addresses).map(it -> Literals.parse(it).orElseThrow()).toList());
  }

  /** The name is unknown to the system, so that whoever asks it again gets nowhere. */
  private DeliveryOutcome send() throws InterruptedException {
    return sender.send(webhook("http://rebound.invalid:%d/".formatted(good.port())));
  }

  @Test
  void aNameThatMovesIsVettedAnewAndReachedNowhereElse() throws InterruptedException {
    answer("127.0.0.2");
    answer("127.0.0.1");

    assertThat(send()).isEqualTo(new DeliveryOutcome.Delivered(200));
    assertThat(good.requests()).hasSize(1);
    assertThat(answers).hasSize(1);
    assertThat(send()).isInstanceOf(DeliveryOutcome.Blocked.class);
    assertThat(good.requests()).hasSize(1);
    assertThat(trap.connections()).isZero();
  }

  @Test
  void goodAddressesDoNotCoverForABadOne() throws InterruptedException {
    answer("127.0.0.2", "127.0.0.1");

    assertThat(send()).isInstanceOf(DeliveryOutcome.Blocked.class);
    assertThat(good.requests()).isEmpty();
    assertThat(trap.connections()).isZero();
  }

  @Test
  void theReceiverIsToldTheNameItIsKnownBy() throws InterruptedException {
    answer("127.0.0.2");
    send();

    assertThat(good.requests().getFirst().headers())
        .containsEntry("host", "rebound.invalid:" + good.port());
  }

  @Test
  void whereOneAddressIsDeadTheNextIsTried() throws InterruptedException {
    answer("127.0.0.3", "127.0.0.3", "127.0.0.2");

    assertThat(send()).isEqualTo(new DeliveryOutcome.Delivered(200));
  }

  @Test
  void noMoreThanThreeAddressesAreTried() throws InterruptedException {
    answer("127.0.0.3", "127.0.0.3", "127.0.0.3", "127.0.0.2");

    assertThat(send())
        .isEqualTo(new DeliveryOutcome.Unreachable("no connection to rebound.invalid"));
  }

  @Test
  void aNameThatIsNotFoundIsUnreachable() throws InterruptedException {
    try (PinnedSender other =
        Senders.of(
            Senders.LOOPBACK, (host, within) -> new Resolution.NotFound("no such name"), LONG)) {
      assertThat(other.send(webhook("https://rebound.invalid/")))
          .isEqualTo(new DeliveryOutcome.Unreachable("no such name"));
    }
  }

  @Test
  void aLookUpThatTookAllTheTimeLeavesNoneForARequest()
      throws InterruptedException, UnknownHostException {
    InetAddress address = InetAddress.getByName("127.0.0.2");
    NameResolver slow =
        (host, within) -> {
          new CompletableFuture<Void>()
              .completeOnTimeout(null, within.toNanos(), TimeUnit.NANOSECONDS)
              .join();
          return new Resolution.Found(List.of(address));
        };
    Duration limit = SHORT;
    try (PinnedSender other = Senders.of(CallbackRules.of(List.of("127.0.0.2")), slow, limit)) {
      assertThat(other.send(webhook("http://rebound.invalid:%d/".formatted(good.port()))))
          .isInstanceOf(DeliveryOutcome.Unreachable.class);
      assertThat(good.requests()).isEmpty();
    }
  }
}
