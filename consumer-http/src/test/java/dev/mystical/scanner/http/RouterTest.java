package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.http.Router.Routing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static final Handler NONE = request -> Answer.empty(204);

  private final Router router =
      new Router(
          List.of(
              Route.of("GET", "/v1/scans/{id}", NONE),
              Route.of("POST", "/v1/scans", NONE),
              Route.of("GET", "/v1/scans", NONE),
              Route.of("POST", "/v1/scans/{scan}/cancel", NONE),
              Route.of("GET", "/v1/scans/special", NONE),
              Route.of("PUT", "/v1/{kind}/special", NONE),
              Route.of("GET", "/openapi.yaml", NONE)));

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/scans, /v1/scans",
    "POST, /v1/scans, /v1/scans",
    "GET, /v1/scans/abc, /v1/scans/{id}",
    "HEAD, /v1/scans/abc, /v1/scans/{id}",
    "GET, /v1/scans/special, /v1/scans/special",
    "PUT, /v1/runs/special, /v1/{kind}/special",
    "POST, /v1/scans/special/cancel, /v1/scans/{scan}/cancel",
    "GET, /%6Fpenapi.yaml, /openapi.yaml",
    "GET, /openapi.yaml?x=/../y, /openapi.yaml",
  })
  void aPathMeetsTheTemplateThatIsMostLiteral(String method, String path, String template) {
    assertThat(met(method, path).target().template()).isEqualTo(template);
  }

  @Test
  void variablesAreDecodedByTheNamesOfTheirOwnTemplate() {
    assertThat(met("GET", "/v1/scans/a%20b%C3%A9+").target().variables())
        .isEqualTo(Map.of("id", "a bé+"));
    assertThat(met("POST", "/v1/scans/x/cancel").target().variables())
        .isEqualTo(Map.of("scan", "x"));
    assertThat(met("GET", "/v1/scans/a%3Fb").target().path()).isEqualTo("/v1/scans/a?b");
  }

  @Test
  void theQueryIsDecodedAndARepeatedNameIsSeen() {
    assertThat(met("GET", "/v1/scans?status=A+B&x&y=&status=%3D%26&&=z").target().query())
        .isEqualTo(
            Map.of(
                "status", List.of("A B", "=&"),
                "x", List.of(""),
                "y", List.of(""),
                "", List.of("z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/scans/",
        "//v1/scans",
        "/v1//scans",
        "/V1/scans",
        "/v1/scans/..",
        "/v1/scans/%2e%2E",
        "/v1/scans/.",
        "/v1/scans/a%2Fb",
        "/v1/scans/a%5cb",
        "/v1/scans/a%00",
        "/v1/scans/a%0d%0ab",
        "/v1/scans/a/b/c",
        "/v1/scans/%7F",
      })
  void everyOtherPathIsNotFound(String path) {
    Answer answer = unmet("GET", path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.content()).isInstanceOf(Content.Whole.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/scans/%",
        "/v1/scans/%1",
        "/v1/scans/%zz",
        "/v1/scans/%-1",
        "/v1/scans/%C3",
        "/v1/scans/%C0%AF",
        "/v1/scans/%ED%A0%80",
        "/v1/scans?%",
        "/v1/scans?a=%4",
        "/v1/scans?a=b&%FF=1",
      })
  void aMalformedEscapeIsABadRequest(String path) {
    assertThat(unmet("GET", path).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /v1/scans, 'GET, HEAD, OPTIONS, POST'",
    "TRACE, /v1/scans/a, 'GET, HEAD, OPTIONS'",
    "GET, /v1/scans/a/cancel, 'OPTIONS, POST'",
    "HEAD, /v1/scans/a/cancel, 'OPTIONS, POST'",
    "POST, /v1/scans/special, 'GET, HEAD, OPTIONS'",
  })
  void anotherMethodIsNotAllowed(String method, String path, String allowed) {
    Answer answer = unmet(method, path);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsExactly(new Headers.Field("Allow", allowed));
  }

  @Test
  void optionsSayWhatIsAllowed() {
    Answer answer = unmet("OPTIONS", "/v1/scans");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers())
        .containsExactly(new Headers.Field("Allow", "GET, HEAD, OPTIONS, POST"));
    assertThat(unmet("OPTIONS", "*").status()).isEqualTo(204);
    assertThat(unmet("OPTIONS", "/nothing").status()).isEqualTo(404);
  }

  @Test
  void twoRoutesForTheSameAreAMistake() {
    List<Route> twice = List.of(Route.of("GET", "/a/{b}", NONE), Route.of("GET", "/a/{c}", NONE));
    assertThatThrownBy(() -> new Router(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a", "/a/", "//a", "/{a", "/a{b}", "/{}", "/a b"})
  void aTemplateIsChecked(String template) {
    assertThatThrownBy(() -> Route.of("GET", template, NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMethodIsChecked() {
    assertThatThrownBy(() -> Route.of("HEAD", "/a", NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Routing.Met met(String method, String path) {
    assertThat(router.find(method, path)).isInstanceOf(Routing.Met.class);
    return (Routing.Met) router.find(method, path);
  }

  private Answer unmet(String method, String path) {
    assertThat(router.find(method, path)).isInstanceOf(Routing.Unmet.class);
    return ((Routing.Unmet) router.find(method, path)).answer();
  }
}
