package dev.mystical.scanner.app.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.intake.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Understands what a server answers, and what is left where none does. For many threads. */
final class Answers {
  /** No document of the API comes near it. */
  private static final int LONGEST = 8 << 20;

  private static final int MOST_PROBLEMS = 200;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxStringLength(LONGEST)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Redactor redactor;
  private final boolean keyed;
  private final InstantSource clock;

  Answers(Optional<ApiKey> key, InstantSource clock) {
    // A server may say what it was sent.
    this.redactor = new Redactor(key.map(ApiKey::value).stream().toList());
    this.keyed = key.isPresent();
    this.clock = clock;
  }

  /** Reads an answer to its end; whoever opened its body closes it. */
  Reply read(HttpResponse<?> answer, InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      return new Reply.Strange("the answer is longer than %d bytes".formatted(LONGEST));
    }
    Optional<ObjectNode> document = document(bytes);
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return document
          .<Reply>map(Reply.Done::new)
          .orElseGet(() -> new Reply.Strange("the answer is no JSON object; is this the API?"));
    }
    return failed(status, answer.headers(), document);
  }

  /** For an answer that is no document where it is a good one. */
  Reply failed(int status, HttpHeaders headers, Optional<ObjectNode> document) {
    String why = why(status, document);
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new Reply.Busy(
          why,
          headers.firstValue("Retry-After").flatMap(it -> RetryAfter.parse(it, clock.instant())));
    }
    return switch (status) {
      case 401 ->
          new Reply.Denied(
              keyed
                  ? "the API does not know this key (401)"
                  : "the API wants a key (401): give one with SCANNER_API_KEY or --key");
      case 403 -> new Reply.Denied("the API does not allow this with this key (403)");
      case 404 -> new Reply.Missing();
      default ->
          status / 100 == 3
              ? new Reply.Refused(
                  "the API's URL leads elsewhere (%d), and redirects are not followed: give the"
                          .formatted(status)
                      + " URL that it leads to",
                  List.of())
              : new Reply.Refused(why, document.map(this::problems).orElse(List.of()));
    };
  }

  /** There was no answer, or no whole one. */
  Reply failed(IOException e) {
    return e instanceof SSLException
        ? new Reply.Strange("no trusted connection to the API: " + words(e))
        : new Reply.Busy("no answer from the API: " + words(e), Optional.empty());
  }

  private String words(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "nobody knows its host";
      }
    }
    // The JDK's client often gives this one no message.
    return e instanceof ConnectException
        ? "the connection was refused, or took too long"
        : redactor.clean(String.valueOf(e.getMessage()));
  }

  private String why(int status, Optional<ObjectNode> document) {
    String said =
        document
            .map(it -> it.path("detail").asText(it.path("title").asText("")))
            .map(redactor::clean)
            .orElse("");
    return said.isEmpty()
        ? "the API answered %d".formatted(status)
        : "the API answered %d: %s".formatted(status, said);
  }

  private List<Problem> problems(ObjectNode document) {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode error : document.path("errors")) {
      if (problems.size() == MOST_PROBLEMS) {
        break;
      }
      problems.add(
          Problem.at(
              redactor.clean(error.path("pointer").asText("")),
              redactor.clean(error.path("detail").asText(""))));
    }
    return problems;
  }

  static Optional<ObjectNode> document(byte[] body) {
    try {
      return MAPPER.readTree(body) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
