package dev.mystical.scanner.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import dev.mystical.scanner.domain.simulation.Seeds;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_" + "B".repeat(32);
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  /** The example of the specification. */
  @Test
  void theKnownExampleIsSignedAsItShouldBe() {
    assertThat(WebhookSignature.of(List.of(SECRET)).of(ID, 1_614_265_330, BODY)).contains(SIGNED);
  }

  @Test
  void withTwoSecretsThereAreTwoSignatures() {
    assertThat(WebhookSignature.of(List.of(SECRET, OTHER)).of(ID, 1_614_265_330, BODY))
        .get()
        .asString()
        .matches("\\Q" + SIGNED + "\\E v1,[A-Za-z0-9+/]{43}=");
  }

  @Test
  void withoutASecretNothingIsSigned() {
    assertThat(WebhookSignature.of(List.of()).of(ID, 1_614_265_330, BODY)).isEmpty();
  }

  @Test
  void othersFindItGoodUnderEitherSecretWhateverIsSent() {
    Seeds.check(
        200,
        random -> {
          byte[] key = new byte[24 + random.nextInt(41)];
          random.nextBytes(key);
          String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
          StringBuilder text = new StringBuilder();
          random
              .ints(random.nextInt(200), 0x20, 0x1_f700)
              .filter(point -> point < 0xd800 || point > 0xdfff)
              .forEach(text::appendCodePoint);
          String body = text.toString();
          long now = Instant.now().getEpochSecond();
          String signature =
              WebhookSignature.of(List.of(secret, OTHER))
                  .of(ID, now, body.getBytes(UTF_8))
                  .orElseThrow();
          for (String held : List.of(secret, OTHER)) {
            assertThatCode(() ->
                    new Webhook(held)
                        .verify(
                            body,
                            Map.of(
                                "webhook-id", List.of(ID),
                                "webhook-timestamp", List.of(Long.toString(now)),
                                "webhook-signature", List.of(signature))))
                .doesNotThrowAnyException();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_c2hvcnQ=",
        "whsec_not*base64*but*long*enough*for*one"
      })
  void whatIsNoSecretIsRefusedAndNotShown(String secret) {
    assertThatThrownBy(() -> WebhookSignature.of(List.of(SECRET, secret)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a webhook's secret is whsec_ and the base64 of 24 to 64 bytes")
        .hasNoCause();
  }

  @Test
  void itDoesNotShowItsSecrets() {
    assertThat(WebhookSignature.of(List.of(SECRET))).hasToString("***");
  }
}
