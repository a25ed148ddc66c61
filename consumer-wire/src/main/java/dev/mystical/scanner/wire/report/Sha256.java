package dev.mystical.scanner.wire.report;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One SHA-256, fed piece by piece. */
final class Sha256 {
  private final MessageDigest digest;

  private Sha256(MessageDigest digest) {
    this.digest = digest;
  }

  static Sha256 start() {
    try {
      return new Sha256(MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  Sha256 updated(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** In lower case. Starts anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
