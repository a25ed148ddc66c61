package dev.mystical.scanner.domain.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A SHA-256 in base64url without padding: 43 characters, fit for tokens and names. */
public record Digest(String value) {
  public static Digest of(String text) {
    return of(text.getBytes(UTF_8));
  }

  public static Digest of(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Digest(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Its first 22 characters: 132 bits. */
  public String shortened() {
    return value.substring(0, 22);
  }

  @Override
  public String toString() {
    return value;
  }
}
