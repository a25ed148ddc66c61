package dev.mystical.scanner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of which a proxy and we could have different ideas where they end. */
class SmugglingIT {
  private static final String SMUGGLED = "GET /ok HTTP/1.1\r\nHost: x\r\n\r\n";

  private final Stage stage = new Stage();
  private final HttpListener listener = stage.listen();

  @AfterEach
  void stop() {
    listener.close();
  }

  /** Of a POST: what follows its Host, up to the end of its body. */
  static Stream<String> unclear() {
    String chunked = "Transfer-Encoding: chunked\r\n";
    return Stream.of(
        "Content-Length: 5\r\n" + chunked + "\r\n0\r\n\r\n",
        chunked + "Content-Length: 5\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: -5\r\n\r\nhello",
        "Content-Length: 0x5\r\n\r\nhello",
        "Content-Length: 5 5\r\n\r\nhello",
        "Content-Length: \u00b2\r\n\r\nhello",
        "Content-Length: 99999999999999999999\r\n\r\nhello",
        "Content-Length:\r\n\r\nhello",
        "Content-Length : 5\r\n\r\nhello",
        " Content-Length: 5\r\n\r\nhello",
        "X: y\r\n Content-Length: 5\r\n\r\nhello",
        "X: y\r\n\tz\r\nContent-Length: 5\r\n\r\nhello",
        "Content-Length: 5\n\r\nhello",
        "Content-Length: 5\r\r\n\r\nhello",
        "X: y\rContent-Length: 5\r\n\r\nhello",
        "X: y\nContent-Length: 5\r\n\r\nhello",
        "X: y\u0000Content-Length: 5\r\n\r\nhello",
        "X\u000b: y\r\nContent-Length: 5\r\n\r\nhello",
        "X(: y\r\nContent-Length: 5\r\n\r\nhello",
        "Content-Length\r\nContent-Length: 5\r\n\r\nhello",
        ": 5\r\n\r\nhello",
        "Transfer-Encoding: gzip\r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
        chunked + chunked + "\r\n0\r\n\r\n",
        "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        chunked + "\r\n0x5\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n+5\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n-5\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n-0\r\n\r\n",
        chunked + "\r\n 5\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\nz\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n;x\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n5\nhello\r\n0\r\n\r\n",
        chunked + "\r\n5\rhello\r\n0\r\n\r\n",
        chunked + "\r\n5;a\nb\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n5\r\nhelloX\r\n0\r\n\r\n",
        chunked + "\r\n5\r\nhello0\r\n\r\n",
        chunked + "\r\n5\r\nhello\n0\r\n\r\n",
        chunked + "\r\nffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n10000000000000005\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n5;" + "x".repeat(5000) + "\r\nhello\r\n0\r\n\r\n",
        chunked + "\r\n0\r\nX: y\n\r\n",
        chunked + "\r\n0\r\n X: y\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("unclear")
  void whatIsUnclearIsRefusedAndNothingBehindItIsHeard(String rest) throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + rest + SMUGGLED);
      List<RawAnswer> answers = client.answersToTheEnd();
      assertThat(answers).hasSize(1);
      assertThat(answers.getFirst().status()).isEqualTo(400);
      assertThat(answers.getFirst().header("Connection")).isEqualTo("close");
      assertThat(answers.getFirst().header("Content-Type")).isEqualTo("application/problem+json");
    }
    // At most the one that reads its body, which it then cannot.
    assertThat(stage.handled.get()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("clear")
  void whatIsClearIsTakenAndSoIsWhatFollows(String rest) throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + rest + SMUGGLED);
      assertThat(client.answer().body()).isEqualTo("hello");
      assertThat(client.answer().body()).isEqualTo("ok");
    }
  }

  static Stream<String> clear() {
    return Stream.of(
        "Content-Length: 5\r\n\r\nhello",
        "content-length:005 \t\r\n\r\nhello",
        "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n05;a=b\r\nhello\r\n000\r\nX-Trailer: y\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2 \r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        "Content-Length: 5\r\n\r\nhello\r\n");
  }

  @ParameterizedTest
  @MethodSource("old")
  void anOldClientHasNoChunks(String head) throws IOException {
    try (RawClient client = RawClient.to(listener)) {
      client.send(head + "0\r\n\r\n");
      assertThat(client.answersToTheEnd())
          .singleElement()
          .extracting(RawAnswer::status)
          .isEqualTo(400);
    }
  }

  static Stream<String> old() {
    return Stream.of("POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  }
}
