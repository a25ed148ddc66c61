package dev.mystical.scanner.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackRulesTest {
  private static final CallbackRules PUBLIC = CallbackRules.of(List.of());

  private static CallbackUrl good(String url) {
    assertThat(CallbackUrl.parse(url)).isInstanceOf(CallbackUrl.Parsed.Good.class);
    return ((CallbackUrl.Parsed.Good) CallbackUrl.parse(url)).url();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/webhook/hostile-urls.txt", delimiter = '|', quoteCharacter = '`')
  void aHostileUrlIsRefusedForWhatItIs(String url, String why) {
    assertThat(PUBLIC.refusal(url)).get().asString().contains(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "https://example.com/a b",
        "https://exam|ple.com/",
        " https://example.com/",
        "https://example.com/ ",
        "https://example.com/\r\nX-Evil: 1",
        "https://example.com\r\n/",
        "https://example.com\t/",
        "https://example.com\u0000/",
        "https://example.com/\u0000",
        "https://example.com/\u007f",
        "https://exam\u200bple.com/",
        "https://example\u3002com/",
        "https://example.com\u2044@127.0.0.1/",
        "https://\uff11\uff12\uff17.\uff10.\uff10.\uff11/",
        "https://\uff11\uff12\uff17\uff0e\uff10\uff0e\uff10\uff0e\uff11/",
        "https://\u2460\u2461\u2466.0.0.1/",
        "https://127\u30020\u30020\u30021/",
        "https://\uff4cocalhost/",
        "https://b\u00fccher.example/",
        "https://ex\u0430mple.com/",
        "https://example.com/\u00e9",
        "https://example.com/\ud83d\ude00",
        "\ufeffhttps://example.com/"
      })
  void whatIsNotPlainVisibleTextIsRefused(String url) {
    assertThat(PUBLIC.refusal(url)).isPresent();
  }

  @Test
  void aUrlOrNameThatIsTooLongIsRefused() {
    String start = "https://example.com/";
    assertThat(PUBLIC.refusal(start + "x".repeat(2048 - start.length()))).isEmpty();
    assertThat(PUBLIC.refusal(start + "x".repeat(2049 - start.length())))
        .contains("the URL is longer than 2048 characters");
    assertThat(PUBLIC.refusal("https://%s.example/".formatted("x".repeat(63)))).isEmpty();
    assertThat(PUBLIC.refusal("https://%s.example/".formatted("x".repeat(64)))).isPresent();
    assertThat(PUBLIC.refusal("https://%sexample/".formatted("x.".repeat(123)))).isEmpty();
    assertThat(PUBLIC.refusal("https://%sexample/".formatted("x.".repeat(124)))).isPresent();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/webhook/good-urls.txt", delimiter = '|', quoteCharacter = '`')
  void aGoodUrlIsUnderstood(String url, String host, int port, String target) {
    assertThat(PUBLIC.refusal(url)).isEmpty();
    assertThat(good(url))
        .returns(host, CallbackUrl::host)
        .returns(port, CallbackUrl::port)
        .returns(target, CallbackUrl::target);
  }

  @Test
  void theHostHeaderHasAPortWhereItIsNotTheUsualOne() {
    assertThat(good("https://Example.com./").authority()).isEqualTo("example.com");
    assertThat(good("https://example.com:443/").authority()).isEqualTo("example.com");
    assertThat(good("https://example.com:80/").authority()).isEqualTo("example.com:80");
    assertThat(good("http://example.com:80/").authority()).isEqualTo("example.com");
    assertThat(good("https://[2606:4700::1]:8443/").authority()).isEqualTo("[2606:4700::1]:8443");
  }

  @Test
  void aUrlShowsItsHostAlone() {
    assertThat(good("https://example.com/secret?key=secret")).hasToString("example.com");
    assertThat(PUBLIC.refusal("https://10.0.0.1/secret?key=secret"))
        .contains("10.0.0.1 is not at a public address (private use)");
  }

  @Test
  void anAllowedHostIsReachedOverHttpToo() {
    CallbackRules rules = CallbackRules.of(List.of("Receiver", "ci.example.com"));
    assertThat(rules.refusal("http://receiver:8080/")).isEmpty();
    assertThat(rules.refusal("http://RECEIVER.:8080/")).isEmpty();
    assertThat(rules.refusal("http://ci.example.com/")).isEmpty();
    assertThat(rules.refusal("http://other.example.com/")).isPresent();
    assertThat(rules.refusal("http://x.ci.example.com/")).isPresent();
    assertThat(rules.refusal("http://example.com/")).isPresent();
  }

  @Test
  void anAllowedBlockIsReachedOverHttpToo() {
    CallbackRules rules =
        CallbackRules.of(List.of("10.1.0.0/16", "127.0.0.1", "fd00::/8", "[::1]"));
    for (String good :
        List.of(
            "http://10.1.255.255/",
            "https://10.1.0.0/",
            "http://127.0.0.1:8080/",
            "http://localhost:8080/",
            "http://[fd00:1::1]/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            // Where this leads only its name server can tell.
            "http://example.com/")) {
      assertThat(rules.refusal(good)).as(good).isEmpty();
    }
    for (String bad :
        List.of(
            "https://10.2.0.0/",
            "https://10.0.255.255/",
            "https://127.0.0.2/",
            "https://[::2]/",
            "https://[64:ff9b::a01:1]/",
            "http://8.8.8.8/")) {
      assertThat(rules.refusal(bad)).as(bad).isPresent();
    }
  }

  @Test
  void whatIsAllowedIsStillWrittenAsUrlsAre() {
    CallbackRules rules = CallbackRules.of(List.of("0.0.0.0/0", "::/0", "localhost"));
    for (String bad :
        List.of(
            "https://user@localhost/",
            "ftp://localhost/",
            "https://127.1/",
            "https://2130706433/",
            "https://localhost:22/")) {
      assertThat(rules.refusal(bad)).as(bad).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "fd00::/129",
        "10.0.0.0/",
        "10.0.0.0/x",
        "10.0.0/8",
        "127.1",
        "0177.0.0.1",
        "2130706433",
        "example.com/8",
        "example.com:8080",
        "https://example.com",
        "*.example.com",
        "user@example.com",
        "exa mple.com",
        "[::1",
        "::1%eth0"
      })
  void whatIsNeitherHostNorBlockIsNotAllowed(String item) {
    assertThatThrownBy(() -> CallbackRules.of(List.of("example.com", item)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'%s'".formatted(item));
  }
}
