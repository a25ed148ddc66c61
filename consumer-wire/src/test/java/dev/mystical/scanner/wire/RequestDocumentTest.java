package dev.mystical.scanner.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.wire.RequestRules.PathTargets;
import dev.mystical.scanner.wire.RequestRules.Sender;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDocumentTest {
  private static final String PLAIN =
      """
      {"project":{"key":"p"},"target":{"type":"git","url":"https://h/a","commit":"abcdef0"},
       "providers":["sonar","mystical"],"tags":{"a":"1","b":"2"}}\
      """;

  private final JsonRequestDecoder decoder =
      new JsonRequestDecoder(
          new RequestRules(Set.copyOf(RandomScans.PROVIDERS), Sender.QUEUE, PathTargets.ALLOWED));

  @Test
  void theMessageIsWrittenInOneWay() {
    assertThat(RequestDocument.message(SampleScans.KEY, SampleScans.request()))
        .isEqualTo(
            """
            {"schema":"scan.request.v1","scanId":"s-1","tenant":"acme",\
            "project":{"key":"payments","name":"Payments"},\
            "target":{"type":"git","url":"https://git.example.com/acme/payments.git","ref":"main"},\
            "providers":["sonar",{"id":"mystical","options":{"SEVERITY":"high"},"required":false}],\
            "policy":{"failOn":"high"},"timeoutSeconds":1800,\
            "callback":{"url":"https://ci.example.com/hooks/scans"},"tags":{"team":"core"}}\
            """);
  }

  @Test
  void everyMessageIsReadAsTheRequestThatItCameFrom() {
    for (long seed = 0; seed < 2_000; seed++) {
      RandomScans random = new RandomScans(new Random(seed));
      ScanRequest request = random.request();
      ScanKey key = random.key();

      assertThat(decoder.decode(RequestDocument.message(key, request)))
          .as("seed %d", seed)
          .isEqualTo(
              new Decoded.Request(
                  request,
                  RequestDocument.digest(request),
                  Optional.of(key.id()),
                  Optional.of(key.tenant())));
    }
  }

  @Test
  void theOriginIsWrittenInOneWay() {
    String request = RequestDocument.message(SampleScans.KEY, SampleScans.request());
    assertThat(new String(RequestDocument.origin(SampleScans.queued()), UTF_8))
        .isEqualTo(
            """
            {"v":1,"tenant":"acme","id":"s-1","created":"2026-11-23T06:00:00Z",\
            "trace":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",\
            "request":{\
            """
                + request.substring(request.indexOf("\"project\""))
                + "}");
  }

  @Test
  void theOriginStaysTheSameWhileTheScanLives() {
    assertThat(RequestDocument.origin(SampleScans.ended()))
        .isEqualTo(RequestDocument.origin(SampleScans.running()))
        .isEqualTo(RequestDocument.origin(SampleScans.queued()));
  }

  @Test
  void scansAreRebuiltFromTheirOrigin() {
    for (long seed = 0; seed < 500; seed++) {
      Scan scan = new RandomScans(new Random(seed)).scan();

      assertThat(RequestDocument.scan(RequestDocument.origin(scan)))
          .as("seed %d", seed)
          .isEqualTo(
              Scan.queued(
                      scan.key(),
                      scan.request(),
                      scan.digest(),
                      scan.traceparent(),
                      scan.createdAt())
                  .inSeries(scan.series()));
    }
  }

  @Test
  void aRetriedScanIsRebuiltInItsSeries() {
    Scan retried = SampleScans.queued().inSeries(2);

    assertThat(RequestDocument.readable(RequestDocument.origin(retried))).hasValue(retried);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"v\":2}", "{\"v\":1,\"tenant\":\"a\",\"id\":\"b\"}"})
  void whatIsNoOriginIsUnreadable(String document) {
    assertThatThrownBy(() -> RequestDocument.scan(document.getBytes(UTF_8)))
        .isInstanceOf(UnreadableDocument.class);
    assertThat(RequestDocument.readable(document.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"tags":{"b":"2","a":"1"},"providers":["sonar","mystical"],
         "target":{"commit":"abcdef0","url":"https://h/a","type":"git"},"project":{"key":"p"}}\
        """,
        """
        {"project":{"key":"p"},"target":{"type":"git","url":"https://h/a","commit":"ABCDEF0"},
         "providers":["sonar",{"id":"mystical"}],"tags":{"a":"1","b":"2"}}\
        """,
        """
        {"schema":"scan.request.v1","scanId":"other","tenant":"other","project":{"key":"p"},
         "target":{"type":"git","url":"https://h/a","commit":"abcdef0"},
         "providers":[{"id":"sonar","options":{},"required":true},"mystical"],
         "policy":{"failOn":"high"},"tags":{"a":"1","b":"\\u0032"}}\
        """,
        """
        {"project":{"key":"p"},"target":{"type":"git","url":"https:\\/\\/h/a","commit":"abcdef0"},
         "providers":["sonar","mystical"],"policy":{},"tags":{"a":"1","b":"2"}}\
        """
      })
  void whatSaysTheSameHasTheSameDigest(String document) {
    assertThat(digest(document)).isEqualTo(digest(PLAIN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "key":"p"             | "key":"q"
          "key":"p"             | "key":"p","name":"p"
          "https://h/a"         | "https://h/b"
          "abcdef0"             | "abcdef1"
          "commit":"abcdef0"    | "commit":"abcdef0","ref":"main"
          "commit":"abcdef0"    | "commit":"abcdef0","subpath":"a"
          "sonar","mystical"    | "mystical","sonar"
          "sonar","mystical"    | "sonar"
          "sonar","mystical"    | "sonar",{"id":"mystical","required":false}
          "sonar","mystical"    | "sonar",{"id":"mystical","options":{"A":""}}
          {"a":"1","b":"2"}     | {"a":"1","b":"2"},"policy":{"failOn":"low"}
          {"a":"1","b":"2"}     | {"a":"1","b":"2"},"timeoutSeconds":60
          {"a":"1","b":"2"}     | {"a":"1","b":"2"},"callback":{"url":"https://h"}
          {"a":"1","b":"2"}     | {"a":"2","b":"1"}
          {"a":"1","b":"2"}     | {"a":"1"}
          """)
  void whatSaysAnythingElseHasAnother(String part, String other) {
    assertThat(PLAIN).contains(part);
    assertThat(digest(PLAIN.replace(part, other))).isNotEqualTo(digest(PLAIN));
  }

  @Test
  void theDigestIsTheSameInEveryVersion() {
    // Messages in flight during an upgrade are repeats only if both versions agree.
    assertThat(RequestDocument.digest(SampleScans.request())).isEqualTo("5hlPi1UtIqXm2g6iUznbEB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1.50}                | {"scanId":"s-1","a":1.50}
          {}                        | {"scanId":"s-1"}
          [{ "a" : 1 }]             | [{ "a" : 1 }]
          {"scanId":"mine","a":1}   | {"scanId":"mine","a":1}
          {"scanId":"no good"}      | {"scanId":"no good"}
          {"a":                     | {"a":
          """)
  void theScanIdIsWrittenInWhereThereIsNone(String body, String named) {
    assertThat(RequestDocument.withScanId(body, new ScanId("s-1"))).isEqualTo(named);
  }

  private String digest(String document) {
    return switch (decoder.decode(document)) {
      case Decoded.Request request -> request.digest();
      case Decoded.Invalid invalid -> throw new AssertionError(invalid);
    };
  }
}
