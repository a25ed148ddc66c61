package dev.mystical.scanner.domain.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokenKeyTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final byte[] DOCUMENT = "{\"project\":\"payments\"}".getBytes(UTF_8);

  private final TokenKey key = new TokenKey(SECRET);

  @Test
  void aShortSecretIsRefusedAndNotShown() {
    assertThatThrownBy(() -> new TokenKey("too-short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32")
        .hasMessageNotContaining("too-short");
  }

  @Test
  void lengthIsCountedInBytes() {
    assertThat(new TokenKey("é".repeat(16)).signature("x")).isNotEmpty();
  }

  @Test
  void theSecretIsNeverShown() {
    assertThat(key).hasToString("***");
  }

  @Test
  void aSignatureIsTheBodysHmacUnderTheSecret() throws GeneralSecurityException {
    assertThat(key.signature("{}"))
        .isEqualTo(encoded(hmac(SECRET.getBytes(UTF_8), "{}".getBytes(UTF_8))));
  }

  @Test
  void onlyTheBodysOwnSignatureIsGood() {
    assertThat(key.signed("{}", key.signature("{}"))).isTrue();
    assertThat(key.signed("{ }", key.signature("{}"))).isFalse();
    assertThat(key.signed("{}", new TokenKey(SECRET + "x").signature("{}"))).isFalse();
    assertThat(key.signed("{}", "")).isFalse();
    assertThat(key.signed("{}", "é".repeat(1_000))).isFalse();
  }

  @Test
  void aRunTokenIsItsExpiryAndAProof() {
    assertThat(key.runToken("scan-1.sonar", 1, 1_767_323_045L))
        .matches("1767323045\\.[A-Za-z0-9_-]{43}");
  }

  @Test
  void aRunTokenIsGoodForItsRunAttemptAndExpiryAlone() {
    Set<String> proofs = new HashSet<>();
    for (String token :
        List.of(
            key.runToken("scan-1.sonar", 1, 1_000),
            key.runToken("scan-2.sonar", 1, 1_000),
            key.runToken("scan-1.sonar", 2, 1_000),
            key.runToken("scan-1.sonar", 1, 1_001),
            new TokenKey(SECRET + "x").runToken("scan-1.sonar", 1, 1_000))) {
      proofs.add(token.substring(token.indexOf('.')));
    }

    assertThat(proofs).hasSize(5);
    assertThat(key.runToken("scan-1.sonar", 1, 1_000))
        .isEqualTo(new TokenKey(SECRET).runToken("scan-1.sonar", 1, 1_000));
  }

  @Test
  void aRunTokenIsNoSignature() {
    String token = key.runToken("scan-1.sonar", 1, 1_000);

    assertThat(key.signed("scan-1.sonar\n1\n1000", token.substring(token.indexOf('.') + 1)))
        .isFalse();
  }

  @Test
  void whatIsSealedCanBeOpenedWithTheSecret() throws GeneralSecurityException {
    String sealed = key.seal("scan-1.sonar", 1, DOCUMENT);

    assertThat(opened(sealed)).isEqualTo(DOCUMENT);
    assertThat(sealed).matches("[A-Za-z0-9_-]+").doesNotContain("payments");
  }

  @Test
  void whatIsSealedOpensForItsRunAndAttemptAlone() {
    String sealed = key.seal("scan-1.sonar", 1, DOCUMENT);

    assertThat(key.open("scan-1.sonar", 1, sealed)).hasValue(DOCUMENT);
    assertThat(key.open("scan-1.sonar", 2, sealed)).isEmpty();
    assertThat(key.open("scan-2.sonar", 1, sealed)).isEmpty();
    assertThat(new TokenKey(SECRET + "x").open("scan-1.sonar", 1, sealed)).isEmpty();
  }

  @Test
  void whatWasChangedOrCutOffDoesNotOpen() {
    byte[] sealed = Base64.getUrlDecoder().decode(key.seal("scan-1.sonar", 1, DOCUMENT));
    for (int length = 0; length < sealed.length; length++) {
      assertThat(key.open("scan-1.sonar", 1, encoded(Arrays.copyOf(sealed, length)))).isEmpty();
      byte[] changed = sealed.clone();
      changed[length] ^= 1;
      assertThat(key.open("scan-1.sonar", 1, encoded(changed))).isEmpty();
    }
    assertThat(key.open("scan-1.sonar", 1, "no base64, é")).isEmpty();
  }

  @Test
  void sealingIsTheSameEachTime() {
    assertThat(key.seal("scan-1.sonar", 1, DOCUMENT))
        .isEqualTo(new TokenKey(SECRET).seal("scan-1.sonar", 1, DOCUMENT.clone()));
  }

  @Test
  void noNonceServesTwoDocuments() {
    Set<String> nonces = new HashSet<>();
    for (String sealed :
        List.of(
            key.seal("scan-1.sonar", 1, DOCUMENT),
            key.seal("scan-1.mystical", 1, DOCUMENT),
            key.seal("scan-1.sonar", 2, DOCUMENT),
            key.seal("scan-1.sonar", 1, "other".getBytes(UTF_8)))) {
      nonces.add(encoded(Arrays.copyOf(Base64.getUrlDecoder().decode(sealed), 12)));
    }

    assertThat(nonces).hasSize(4);
  }

  private static byte[] opened(String sealed) throws GeneralSecurityException {
    byte[] whole = Base64.getUrlDecoder().decode(sealed);
    byte[] derived = hmac(SECRET.getBytes(UTF_8), "mystical-scanner/seal".getBytes(UTF_8));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(derived, "AES"),
        new GCMParameterSpec(128, whole, 0, 12));
    return cipher.doFinal(whole, 12, whole.length - 12);
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
