package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.intake.Problem;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
  @Test
  void aProblemIsWhatRfc9457Wants() {
    Answer answer =
        Answer.problem(
            400,
            "the request is \"wrong\"",
            List.of(Problem.at("/project/key", "is missing"), Problem.at("", "is big")));
    assertThat(answer.content())
        .isInstanceOfSatisfying(
            Content.Whole.class,
            whole -> {
              assertThat(whole.mediaType()).isEqualTo("application/problem+json");
              assertThat(new String(whole.bytes(), UTF_8))
                  .isEqualTo(
                      "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                          + "\"detail\":\"the request is \\\"wrong\\\"\",\"errors\":["
                          + "{\"detail\":\"is missing\",\"pointer\":\"/project/key\"},"
                          + "{\"detail\":\"is big\",\"pointer\":\"\"}]}");
            });
  }

  @Test
  void headersAreAddedInTheirOrder() {
    assertThat(Answer.empty(204).with("Link", "a").with("Link", "b").headers())
        .containsExactly(new Headers.Field("Link", "a"), new Headers.Field("Link", "b"));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("Location", "a\r\nSet-Cookie: x"),
        Arguments.of("Location", "a\nb"),
        Arguments.of("Location", "a\rb"),
        Arguments.of("Location", "\u00e9"),
        Arguments.of("Bad Name", "x"),
        Arguments.of("", "x"),
        Arguments.of("Bad: Name", "x"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void noHeaderBreaksOutOfItself(String name, String value) {
    assertThatThrownBy(() -> Answer.empty(204).with(name, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "transfer-encoding", "Connection", "Server", "Date"})
  void theListenersOwnHeadersAreNotForHandlers(String name) {
    assertThatThrownBy(() -> Answer.empty(204).with(name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 199, 600})
  void aStatusIsAFinalOne(int status) {
    assertThatThrownBy(() -> Answer.empty(status)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAnswerKeepsItsBytes() {
    byte[] bytes = {1, 2};
    Content.Whole whole = (Content.Whole) Answer.of(200, "x/y", bytes).content();
    bytes[0] = 9;
    whole.bytes()[1] = 9;
    assertThat(whole.bytes()).containsExactly(1, 2);
  }

  @Test
  void termsAreChecked() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new BodyTerms(-1, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BodyTerms(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRequestKnowsItsHeadersWithoutRegardToCase() {
    Request request =
        new Request(
            "GET",
            Target.of("/a/{id}", "/a/1", Map.of("id", "1")),
            Headers.NONE.with("X-One", "1").with("x-one", "2"),
            java.io.InputStream.nullInputStream(),
            InetAddress.getLoopbackAddress());
    assertThat(request.header("X-ONE")).contains("1, 2");
    assertThat(request.headers().all("x-One")).containsExactly("1", "2");
    assertThat(request.header("X-Two")).isEmpty();
    assertThat(request.variable("id")).isEqualTo("1");
    assertThat(request.query("x")).isEmpty();
    assertThat(request.fromLoopback()).isTrue();
    assertThatThrownBy(() -> request.variable("name")).isInstanceOf(IllegalArgumentException.class);
  }
}
