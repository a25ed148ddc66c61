package dev.mystical.scanner.http.webhook;

import dev.mystical.scanner.domain.deliver.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/** Senders and webhooks as tests want them. */
final class Senders {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String OTHER_SECRET = "whsec_" + "B".repeat(32);
  static final Duration LONG = Duration.ofSeconds(30);
  static final Duration SHORT = Duration.ofSeconds(1);
  static final CallbackRules LOOPBACK = CallbackRules.of(List.of("127.0.0.1"));

  private Senders() {}

  /** One that knows no name, and reaches this machine. */
  static PinnedSender within(Duration limit) {
    return of(LOOPBACK, (host, within) -> new NameResolver.Resolution.NotFound("no names"), limit);
  }

  static PinnedSender of(CallbackRules rules, NameResolver resolver, Duration limit) {
    return of(rules, resolver, (SSLSocketFactory) SSLSocketFactory.getDefault(), limit);
  }

  static PinnedSender of(
      CallbackRules rules, NameResolver resolver, SSLSocketFactory tls, Duration limit) {
    return new PinnedSender(
        new AddressGuard(rules, resolver),
        new WebhookRequests(List.of(SECRET, OTHER_SECRET)),
        new Connections(tls, limit),
        limit);
  }

  static Webhook webhook(String url) {
    return webhook(url, Instant.parse("2026-01-02T03:04:05.678Z"));
  }

  static Webhook webhook(String url, Instant at) {
    return new Webhook("msg_1", url, "{\"project\":\"Zahlungen für Ä\"}", at);
  }

  /** A URL with what must be shown to nobody. */
  static String url(Receiver receiver) {
    return "http://127.0.0.1:%d/hooks/hush?key=hush".formatted(receiver.port());
  }
}
