package dev.mystical.scanner.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.system.Canaries.Secret;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CanariesTest {
  private static final String VALUE = "p/a+s s?word=that&nobody:may@see/anywhere";

  private final Canaries canaries = new Canaries();

  CanariesTest() {
    canaries.plant(Secret.API_KEY, VALUE);
    canaries.plant(Secret.OPTION, "something else that is a secret");
  }

  @Test
  void aSecretIsFoundAsItIsAndInParts() {
    assertFound(VALUE);
    assertFound(VALUE.substring(0, 12));
    assertFound(VALUE.substring(VALUE.length() - 12));
  }

  @Test
  void aSecretIsFoundInEveryForm() {
    assertFound(URLEncoder.encode(VALUE, UTF_8));
    assertFound(HexFormat.of().formatHex(VALUE.getBytes(UTF_8)));
    for (String before : new String[] {"", "x", "xy", "xyz", "user:"}) {
      byte[] text = (before + VALUE + before).getBytes(UTF_8);
      assertFound(Base64.getEncoder().encodeToString(text));
      assertFound(Base64.getUrlEncoder().withoutPadding().encodeToString(text));
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(canaries.in("scanId=1 p/a+s something")).isEmpty();
  }

  private void assertFound(String form) {
    assertThat(canaries.in("before " + form + " behind")).as(form).containsExactly(Secret.API_KEY);
  }
}
