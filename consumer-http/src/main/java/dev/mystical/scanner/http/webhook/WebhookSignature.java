package dev.mystical.scanner.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks as Standard Webhooks 1.0.0 lays down: HMAC-SHA256 of id, moment and body. While a
 * secret is being replaced there are two, and a signature by each. Safe for use by many threads.
 */
final class WebhookSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String START = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final List<SecretKeySpec> keys;

  private WebhookSignature(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /** With secrets such as {@code whsec_…}; with none, nothing is signed. */
  static WebhookSignature of(List<String> secrets) {
    return new WebhookSignature(secrets.stream().map(WebhookSignature::key).toList());
  }

  private static SecretKeySpec key(String secret) {
    if (secret.startsWith(START)) {
      try {
        byte[] bytes = Base64.getDecoder().decode(secret.substring(START.length()));
        if (bytes.length >= SHORTEST && bytes.length <= LONGEST) {
          return new SecretKeySpec(bytes, ALGORITHM);
        }
      } catch (IllegalArgumentException e) {
        // Says what the rule is instead: the decoder's message has a part of the secret.
      }
    }
    throw new IllegalArgumentException(
        "a webhook's secret is %s and the base64 of %d to %d bytes"
            .formatted(START, SHORTEST, LONGEST));
  }

  /** The value of the signature's header, where there is a secret. */
  Optional<String> of(String id, long epochSecond, byte[] body) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    byte[] start = (id + "." + epochSecond + ".").getBytes(UTF_8);
    return Optional.of(
        keys.stream()
            .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(key, start, body)))
            .collect(Collectors.joining(" ")));
  }

  private static byte[] hmac(SecretKeySpec key, byte[] start, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(start);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
