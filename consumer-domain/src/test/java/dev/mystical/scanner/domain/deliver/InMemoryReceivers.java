package dev.mystical.scanner.domain.deliver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sender and all its receivers, without a network. Nobody listens at a URL until {@link #listen}.
 */
public final class InMemoryReceivers implements WebhookSender {
  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private final Map<String, String> blocked = new ConcurrentHashMap<>();
  private final List<Webhook> received = new ArrayList<>();

  public InMemoryReceivers() {}

  /** From now on somebody answers so at this URL. */
  public void listen(String url, int status) {
    statuses.put(url, status);
  }

  /** From now on nobody does. */
  public void leave(String url) {
    statuses.remove(url);
  }

  /** From now on webhooks must not go there. */
  public void block(String url, String why) {
    blocked.put(url, why);
  }

  /** Every try that reached somebody, in order. */
  public List<Webhook> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  @Override
  public DeliveryOutcome send(Webhook webhook) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    String why = blocked.get(webhook.url());
    if (why != null) {
      return new DeliveryOutcome.Blocked(why);
    }
    Integer status = statuses.get(webhook.url());
    if (status == null) {
      return new DeliveryOutcome.Unreachable("nobody listens");
    }
    synchronized (received) {
      received.add(webhook);
    }
    return outcome(status);
  }

  private static DeliveryOutcome outcome(int status) {
    String why = "answered " + status;
    return switch (status / 100) {
      case 2 -> new DeliveryOutcome.Delivered(status);
      default ->
          status == 410
              ? new DeliveryOutcome.Gone(why)
              : new DeliveryOutcome.Refused(status, why, Optional.empty());
    };
  }
}
