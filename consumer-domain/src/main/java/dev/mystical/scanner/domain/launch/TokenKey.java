package dev.mystical.scanner.domain.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all replicas share. It signs what the API sends, makes the tokens of runs, and
 * seals requests; each use has a key of its own derived from it.
 */
public final class TokenKey {
  /** Shorter ones can be guessed. */
  public static final int SHORTEST = 32;

  private static final int NONCE = 12;

  private final byte[] secret;

  public TokenKey(String secret) {
    this.secret = secret.getBytes(UTF_8);
    if (this.secret.length < SHORTEST) {
      throw new IllegalArgumentException("a token key has at least " + SHORTEST + " bytes");
    }
  }

  /** The signature that a message from the API carries. */
  public String signature(String body) {
    return encoded(hmac(secret, body.getBytes(UTF_8)));
  }

  /** Whether a signature is the body's own; takes the same time for every wrong one. */
  public boolean signed(String body, String signature) {
    return MessageDigest.isEqual(signature(body).getBytes(UTF_8), signature.getBytes(UTF_8));
  }

  /** The token with which a run's container proves which run and attempt it is. */
  public String runToken(String run, int attempt, long expiry) {
    byte[] proof =
        hmac(derived("run-token"), (run + "\n" + attempt + "\n" + expiry).getBytes(UTF_8));
    return expiry + "." + encoded(proof);
  }

  /**
   * Encrypts a document so that the same document of the same run and attempt is the same text. The
   * nonce depends on the document as well, since one nonce must never serve two of them.
   */
  public String seal(String run, int attempt, byte[] document) {
    byte[] key = derived("seal");
    byte[] nonce =
        Arrays.copyOf(
            hmac(key, (run + "\n" + attempt + "\n" + encoded(hmac(key, document))).getBytes(UTF_8)),
            NONCE);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      byte[] sealed = cipher.doFinal(document);
      byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
      return encoded(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  private byte[] derived(String use) {
    return hmac(secret, ("mystical-scanner/" + use).getBytes(UTF_8));
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "***";
  }
}
