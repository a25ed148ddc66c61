package dev.mystical.scanner.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Headers;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.http.Target;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Caller ACME = new Caller(Optional.of(ApiStand.ACME), "key-1");
  private static final Caller OPERATOR = new Caller(Optional.empty(), "key-2");

  private static Parameters of(String... tenants) {
    return Parameters.of(
        new Request(
            "GET",
            new Target("/v1/scans", "/v1/scans", Map.of(), Map.of("tenant", List.of(tenants))),
            Headers.NONE,
            InputStream.nullInputStream(),
            InetAddress.getLoopbackAddress()),
        "tenant");
  }

  /** Even where nobody asked whether the parameters are all right. */
  @Test
  void whatAKeyNamesNeverLeadsToAnotherTenantThanItsOwn() {
    Parameters parameters = of("other");

    assertThat(parameters.tenant(ACME)).contains(ApiStand.ACME);
    assertThatThrownBy(parameters::check)
        .isInstanceOfSatisfying(BadCall.class, bad -> assertThat(bad.status()).isEqualTo(400));
  }

  @Test
  void aKeyMayNameItsOwnTenant() {
    Parameters parameters = of("acme");

    assertThat(parameters.tenant(ACME)).contains(ApiStand.ACME);
    assertThatCode(parameters::check).doesNotThrowAnyException();
  }

  @Test
  void anOperatorMayNameATenant() {
    Parameters parameters = of("other");

    assertThat(parameters.tenant(OPERATOR)).contains(new Tenant("other"));
    assertThatCode(parameters::check).doesNotThrowAnyException();
  }

  @Test
  void whatIsNoTenantIsNone() {
    for (String[] tenants : new String[][] {{"No Tenant"}, {"other", "acme"}}) {
      Parameters parameters = of(tenants);

      assertThat(parameters.tenant(OPERATOR)).isEmpty();
      assertThatThrownBy(parameters::check).isInstanceOf(BadCall.class);
    }
  }
}
