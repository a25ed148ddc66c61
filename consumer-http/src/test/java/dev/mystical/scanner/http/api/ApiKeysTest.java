package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final Optional<Tenant> ACME = Optional.of(new Tenant("acme"));
  private static final ApiKeys KEYS =
      ApiKeys.of(
          List.of(
              key(ACME, "first", Locale.ROOT),
              key(ACME, "second", Locale.ROOT),
              key(Optional.empty(), "operator", Locale.ROOT)));

  private static ApiKeys.Key key(Optional<Tenant> tenant, String key, Locale locale) {
    return new ApiKeys.Key(tenant, Digests.sha256(key.getBytes(UTF_8)).toUpperCase(locale));
  }

  private static Optional<Caller> caller(String authorization) {
    return KEYS.caller(Optional.of(authorization));
  }

  @Test
  void theTenantIsTheKeys() {
    assertThat(caller("Bearer first")).map(Caller::tenant).contains(ACME);
    assertThat(caller("bearer  second")).map(Caller::tenant).contains(ACME);
    assertThat(caller("Bearer operator")).map(Caller::operator).contains(true);
  }

  @Test
  void twoKeysOfOneTenantAreTwoCallers() {
    assertThat(caller("Bearer first").orElseThrow().name())
        .isNotEqualTo(caller("Bearer second").orElseThrow().name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "first",
        "Basic first",
        "Bearer",
        "Bearer ",
        "Bearer third",
        "Bearer first second",
        "Bearer first, Bearer first",
        "Bearer FIRST",
        "Bearer fir\u00dft"
      })
  void allElseIsNobody(String authorization) {
    assertThat(caller(authorization)).isEmpty();
  }

  @Test
  void whatStandsInTheSettingsIsNoKey() {
    assertThat(caller("Bearer " + Digests.sha256("first".getBytes(UTF_8)))).isEmpty();
    assertThat(caller("Bearer " + "x".repeat(10_000))).isEmpty();
    assertThat(KEYS.caller(Optional.empty())).isEmpty();
  }

  @Test
  void withoutKeysEverybodyIsTheDefaultTenant() {
    ApiKeys open = ApiKeys.of(List.of());

    assertThat(open.caller(Optional.empty()).orElseThrow().tenant()).contains(Tenant.DEFAULT);
    assertThat(open.caller(Optional.of("Bearer x")).orElseThrow().operator()).isFalse();
  }
}
