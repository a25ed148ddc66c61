package dev.mystical.scanner.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.deliver.Webhook;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Writes webhooks as requests. Safe for use by many threads. */
final class WebhookRequests {
  private static final ContentType CLOUD_EVENT =
      ContentType.create("application/cloudevents+json", UTF_8);

  private final WebhookSignature signature;

  /** Signed with these secrets; with none, unsigned. */
  WebhookRequests(List<String> secrets) {
    signature = WebhookSignature.of(secrets);
  }

  ClassicHttpRequest of(CallbackUrl url, Webhook webhook) {
    byte[] body = webhook.body().getBytes(UTF_8);
    long second = webhook.at().getEpochSecond();
    ClassicHttpRequest request = new BasicClassicHttpRequest(Method.POST, url.target());
    request.setHeader(HttpHeaders.HOST, url.authority());
    request.setHeader(HttpHeaders.USER_AGENT, "mystical-scanner");
    request.setHeader(HttpHeaders.CONNECTION, "close");
    request.setHeader(HttpHeaders.CONTENT_TYPE, CLOUD_EVENT.toString());
    request.setHeader(HttpHeaders.CONTENT_LENGTH, body.length);
    request.setHeader("webhook-id", webhook.id());
    request.setHeader("webhook-timestamp", second);
    signature
        .of(webhook.id(), second, body)
        .ifPresent(value -> request.setHeader("webhook-signature", value));
    request.setEntity(new ByteArrayEntity(body, CLOUD_EVENT));
    return request;
  }
}
