package dev.mystical.scanner.domain.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link WebhookSender} promises. */
public abstract class WebhookSenderContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String BODY = "{\"project\":\"Zahlungen für Ä\"}";

  /** For the adapters' tests. */
  protected WebhookSenderContract() {}

  /** What a receiver saw. */
  public record Seen(String id, String body) {}

  /** The sender under test. */
  protected abstract WebhookSender sender();

  /** The URL of a receiver that answers so, and that the sender may reach. */
  protected abstract String receiver(int status);

  /** A URL that the sender may reach, and where nobody listens. */
  protected abstract String nobody();

  /** A URL that webhooks must not reach. */
  protected abstract String forbidden();

  /** All that reached receivers, in order. */
  protected abstract List<Seen> seen();

  private DeliveryOutcome send(String url) throws InterruptedException {
    return sender().send(new Webhook("msg_1", url, BODY, NOW));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void everything2xxIsDelivered(int status) throws InterruptedException {
    assertThat(send(receiver(status))).isEqualTo(new DeliveryOutcome.Delivered(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 500, 502, 503, 504})
  void whatIsNot2xxIsRefused(int status) throws InterruptedException {
    assertThat(send(receiver(status)))
        .isInstanceOfSatisfying(
            DeliveryOutcome.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.why()).contains(Integer.toString(status));
            });
  }

  @Test
  void answer410EndsIt() throws InterruptedException {
    assertThat(send(receiver(410))).isInstanceOf(DeliveryOutcome.Gone.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void redirectsAreNotFollowed(int status) throws InterruptedException {
    assertThat(send(receiver(status)))
        .isInstanceOfSatisfying(
            DeliveryOutcome.Refused.class,
            refused -> assertThat(refused.status()).isEqualTo(status));
    assertThat(seen()).hasSize(1);
  }

  @Test
  void withNobodyThereItIsUnreachable() throws InterruptedException {
    assertThat(send(nobody())).isInstanceOf(DeliveryOutcome.Unreachable.class);
    assertThat(seen()).isEmpty();
  }

  @Test
  void nothingIsSentWhereItMustNotGo() throws InterruptedException {
    assertThat(send(forbidden())).isInstanceOf(DeliveryOutcome.Blocked.class);
    assertThat(seen()).isEmpty();
  }

  @Test
  void oneCallIsOneTryAndAllTriesAreTheSame() throws InterruptedException {
    String url = receiver(500);
    send(url);
    assertThat(seen()).hasSize(1);
    send(url);
    assertThat(seen()).containsExactly(new Seen("msg_1", BODY), new Seen("msg_1", BODY));
  }

  @Test
  void anInterruptIsPassedOn() {
    String url = receiver(200);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> send(url)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
