package dev.mystical.scanner.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.http.webhook.AddressGuard.Verdict;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private static final Duration WITHIN = Duration.ofSeconds(9);

  private final List<String> asked = new ArrayList<>();

  private static List<InetAddress> addresses(String list) {
    return Arrays.stream(list.split(", ")).map(AddressGuardTest::address).toList();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Verdict check(CallbackRules rules, String url, String answer)
      throws InterruptedException {
    NameResolver.Resolution resolution = new NameResolver.Resolution.Found(addresses(answer));
    NameResolver resolver =
        (host, within) -> {
          asked.add(host);
          assertThat(within).isEqualTo(WITHIN);
          return resolution;
        };
    return new AddressGuard(rules, resolver).check(url, WITHIN);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/webhook/hostile-answers.txt", delimiter = '|')
  void aNameWithOneBadAddressIsForbidden(String answer, String why) throws InterruptedException {
    assertThat(check(CallbackRules.of(List.of()), "https://example.com/", answer))
        .isInstanceOfSatisfying(
            Verdict.Forbidden.class,
            // The address itself is nobody's business: it would map our network.
            forbidden ->
                assertThat(forbidden.why())
                    .isEqualTo("example.com is not at a public address " + why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "8.8.8.8, 1.1.1.1",
        "2606:4700:4700::1111",
        "8.8.8.8, 2001:4860:4860::8888",
        "64:ff9b::808:808, 8.8.8.8"
      })
  void aNameWithGoodAddressesLeadsToThese(String answer) throws InterruptedException {
    assertThat(check(CallbackRules.of(List.of()), "https://example.com./", answer))
        .isInstanceOfSatisfying(
            Verdict.Vetted.class,
            vetted -> {
              assertThat(vetted.addresses()).isEqualTo(addresses(answer));
              assertThat(vetted.url().host()).isEqualTo("example.com");
            });
    assertThat(asked).containsExactly("example.com");
  }

  @Test
  void anAddressIsNotLookedUp() throws InterruptedException {
    assertThat(check(CallbackRules.of(List.of()), "https://1.1.1.1/", "8.8.8.8"))
        .isInstanceOfSatisfying(
            Verdict.Vetted.class,
            vetted -> assertThat(vetted.addresses()).isEqualTo(addresses("1.1.1.1")));
    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsForbiddenAtSightIsNotLookedUp() throws InterruptedException {
    for (String url :
        List.of("http://example.com/", "https://localhost/", "https://10.0.0.1/", "https://u@h/")) {
      assertThat(check(CallbackRules.of(List.of()), url, "8.8.8.8"))
          .isInstanceOf(Verdict.Forbidden.class);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void anAllowedHostMayBeAnywhere() throws InterruptedException {
    CallbackRules rules = CallbackRules.of(List.of("receiver"));
    assertThat(check(rules, "http://receiver/", "10.0.0.1, 8.8.8.8"))
        .isInstanceOf(Verdict.Vetted.class);
    assertThat(check(rules, "https://other/", "10.0.0.1")).isInstanceOf(Verdict.Forbidden.class);
  }

  @Test
  void anAllowedBlockTakesInWhatIsInsideAlone() throws InterruptedException {
    CallbackRules rules = CallbackRules.of(List.of("10.0.0.0/8"));
    assertThat(check(rules, "http://receiver/", "10.0.0.1, 10.9.9.9"))
        .isInstanceOf(Verdict.Vetted.class);
    assertThat(check(rules, "https://receiver/", "10.0.0.1, 8.8.8.8"))
        .isInstanceOf(Verdict.Vetted.class);
    assertThat(check(rules, "https://receiver/", "10.0.0.1, 192.168.0.1"))
        .isInstanceOf(Verdict.Forbidden.class);
    assertThat(check(rules, "http://receiver/", "10.0.0.1, 8.8.8.8"))
        .isEqualTo(new Verdict.Forbidden("receiver may be reached over https alone"));
  }

  @Test
  void aNameThatIsNotFoundMayBeLater() throws InterruptedException {
    AddressGuard guard =
        new AddressGuard(
            CallbackRules.of(List.of()),
            (host, within) -> new NameResolver.Resolution.NotFound("nobody knows " + host));

    assertThat(guard.check("https://example.com/", WITHIN))
        .isEqualTo(new Verdict.Unknown("nobody knows example.com"));
  }
}
