package dev.mystical.scanner.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.aws.AwsConnection.Endpoints;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AwsConnectionTest {
  private static final URI GENERAL = URI.create("http://127.0.0.1:1");
  private static final URI OWN = URI.create("http://127.0.0.1:2");

  @Test
  void secretsAreNotShown() {
    AwsConnection connection =
        new AwsConnection(
            "eu-west-1",
            Endpoints.AWS,
            new AwsAccess.Keys("AKIDEXAMPLE", "secret-half", Optional.of("session")),
            1);

    assertThat(connection.toString())
        .doesNotContain("secret-half")
        .doesNotContain("session")
        .doesNotContain("AKIDEXAMPLE");
  }

  @Test
  void halfAKeyIsNone() {
    assertThatThrownBy(() -> new AwsAccess.Keys("AKIDEXAMPLE", "", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void serviceWithoutAddressHasTheGeneralOne() {
    Endpoints endpoints = new Endpoints(Optional.of(GENERAL), Optional.of(OWN), Optional.empty());

    assertThat(endpoints.forSqs()).contains(OWN);
    assertThat(endpoints.forEcs()).contains(GENERAL);
    assertThat(Endpoints.AWS.forEcs()).isEmpty();
  }

  @Test
  void addressIsThatOfAWebServer() {
    for (String wrong : new String[] {"localhost:9324", "ftp://localhost", "http:/x", "x"}) {
      Optional<URI> address = Optional.of(URI.create(wrong));
      assertThatThrownBy(() -> new Endpoints(Optional.empty(), address, Optional.empty()))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void poolHasRoom() {
    assertThatThrownBy(() -> new AwsConnection("r", Endpoints.AWS, new AwsAccess.DefaultChain(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxConnections");
  }
}
