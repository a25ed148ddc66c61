package dev.mystical.scanner.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAddressTest {
  @Test
  void aPathBeforeTheApisOwnIsKept() {
    assertThat(ApiAddress.parse("https://a.example.com/").at("/v1/scans"))
        .isEqualTo(URI.create("https://a.example.com/v1/scans"));
    assertThat(ApiAddress.parse(" https://a.example.com:8443/scanner// ").at("/v1/scans"))
        .isEqualTo(URI.create("https://a.example.com:8443/scanner/v1/scans"));
    assertThat(ApiAddress.parse("http://[::1]:8080").at("/v1/scans"))
        .isEqualTo(URI.create("http://[::1]:8080/v1/scans"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:hunter2@a.example.com, must not have a user",
    "https://hunter2@a.example.com, must not have a user",
    "https://user:hunter2@bad_host, must not have a user",
    "https://user:hunter2@a example.com, cannot be read",
    "ftp://hunter2.example.com, must start with http",
    "hunter2.example.com:8080, must start with http",
    "hunter2, must start with http",
    "'', must start with http",
    "https://, cannot be read",
    "https:hunter2, must name a host",
    "https:///hunter2, must name a host",
    "https://a.example.com:99999/hunter2, must name a host",
    "https://a.example.com?key=hunter2, must end before",
    "https://a.example.com#hunter2, must end before",
  })
  void whatIsNoAddressIsSaidWithoutShowingIt(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ApiAddress.parse(text))
        .withMessageContaining(problem)
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example.com, true",
    "HTTP://10.0.0.1:8080, true",
    "http://localhost:8080, false",
    "http://127.0.0.1:8080, false",
    "http://[::1]:8080, false",
    "https://a.example.com, false",
  })
  void othersCanReadWhatGoesOverHttp(String text, boolean open) {
    assertThat(ApiAddress.parse(text).open()).isEqualTo(open);
  }

  @Test
  void aKeyIsNeverShown() {
    assertThat(new ApiKey("hunter2")).hasToString("***");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2 ", "hunter2\n", "hunter2ä", "\u0000hunter2"})
  void whatNoHeaderCarriesIsNoKey(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ApiKey(text))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }
}
