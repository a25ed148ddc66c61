package dev.mystical.scanner.domain.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
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
    byte[] nonce = nonce(key, run, attempt, document);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(document);
      byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
      return encoded(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  /**
   * The document that was sealed for this very run and attempt under this secret; empty for
   * anything else. What a seal says can be read nowhere but here, yet whoever sees a task can copy
   * its seal into another one: hence run and attempt are checked as well.
   */
  public Optional<byte[]> open(String run, int attempt, String sealed) {
    byte[] key = derived("seal");
    try {
      byte[] whole = Base64.getUrlDecoder().decode(sealed);
      if (whole.length < NONCE) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOf(whole, NONCE);
      byte[] document =
          cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(whole, NONCE, whole.length - NONCE);
      return MessageDigest.isEqual(nonce, nonce(key, run, attempt, document))
          ? Optional.of(document)
          : Optional.empty();
    } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
      return Optional.empty();
    }
  }

  private static byte[] nonce(byte[] key, String run, int attempt, byte[] document) {
    String subject = run + "\n" + attempt + "\n" + encoded(hmac(key, document));
    return Arrays.copyOf(hmac(key, subject.getBytes(UTF_8)), NONCE);
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    return cipher;
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
