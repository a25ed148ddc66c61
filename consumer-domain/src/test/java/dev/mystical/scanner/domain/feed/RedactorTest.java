package dev.mystical.scanner.domain.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.simulation.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private static final String SECRET = "hunter2-hunter2";
  private static final String LONG_SECRET = "L0ng-" + "s".repeat(700);

  private final Redactor redactor = new Redactor(List.of(SECRET, LONG_SECRET, "abc", "hunter2"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plain text stays | plain text stays
          got hunter2-hunter2! | got ***!
          key AKIAIOSFODNN7EXAMPLE denied | key *** denied
          key ASIAIOSFODNN7EXAMPLE denied | key *** denied
          redis://user:pa55w0rd@host:6379/0 | redis://***@host:6379/0
          rediss://:pa55w0rd@host | rediss://***@host
          Authorization: Bearer eyJhbGciOi.J9 | Authorization: Bearer ***
          signed with whsec_MfKQ9r8GKYqrTw | signed with ***
          it was 1767323045.q4-kUsMm1hcZ9lYhVxL2Jr0C5oT7wPbXe3dGaSfN_Q8 | it was ***
          it was 1767323045.q4-kUsMm1hcZ9lY | it was 1767323045.q4-kUsMm1hcZ9lY
          password=swordfish, next | password=***, next
          {"token": "abcdefgh"} | {"token": "***"}
          api_key=12345678 | api_key=***
          SCAN_TOKEN=1767323045.abcdef | SCAN_TOKEN=***
          AWS_SECRET_KEY=wJalrXUtnFEMI | AWS_SECRET_KEY=***
          AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI | AWS_SECRET_ACCESS_KEY=***
          X-Amz-Signature=0123abcd&x=1 | X-Amz-Signature=***&x=1
          password = swordfish | password = ***
          an abc stays | an abc stays
          """)
  void whatLooksSecretIsHidden(String text, String cleaned) {
    assertThat(redactor.clean(text)).isEqualTo(cleaned);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\r\nb",
        "a\tb",
        "a\u0000b",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "\na\nb\n"
      })
  void theTextIsOneLine(String text) {
    assertThat(redactor.clean(text)).isEqualTo("a b");
  }

  @Test
  void theTextHasAtMostOneKibibyteInBytes() {
    assertThat(redactor.clean("x".repeat(5_000))).hasSize(1024);
    assertThat(redactor.clean("€".repeat(5_000))).hasSize(341);
    assertThat(redactor.clean("💳".repeat(5_000))).hasSize(512);
    assertThat(redactor.clean("x".repeat(1024))).hasSize(1024);
  }

  @Test
  void noCharacterIsCutInTwo() {
    String cleaned = redactor.clean("xx" + "💳".repeat(500));

    assertThat(Character.isHighSurrogate(cleaned.charAt(cleaned.length() - 1))).isFalse();
  }

  @Test
  void aSecretAtTheCutIsHiddenAsAWhole() {
    for (int before = 1_000; before < 1_030; before++) {
      assertThat(redactor.clean("x".repeat(before) + SECRET)).doesNotContain("hunter");
    }
  }

  /** A huge text is cut before it is searched; what is left of a secret at that cut showed. */
  @Test
  void nothingOfASecretIsLeftByTheFirstCut() {
    for (int lines = 16_300; lines < 16_400; lines++) {
      assertThat(redactor.clean("\n".repeat(lines) + SECRET)).doesNotContain("hun");
      assertThat(redactor.clean("\n".repeat(lines) + "redis://u:swordfish@h"))
          .doesNotContain("sword");
    }
    assertThat(redactor.clean(LONG_SECRET.repeat(30))).doesNotContain("L0ng").doesNotContain("sss");
  }

  @Test
  void hostileTextsAreCleanAndShort() {
    Seeds.check(
        100,
        random -> {
          String cleaned = redactor.clean(hostile(random));
          assertThat(cleaned).doesNotContain(SECRET).doesNotContain("\n");
          assertThat(cleaned.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
        });
  }

  private static String hostile(RandomGenerator random) {
    List<String> pieces =
        List.of(SECRET, "\n", "://", ":", "@", "token=", "\ud83d", "€", "x".repeat(40), "💳", " ");
    return random
        .ints(random.nextInt(3_000), 0, pieces.size())
        .mapToObj(pieces::get)
        .collect(Collectors.joining());
  }
}
