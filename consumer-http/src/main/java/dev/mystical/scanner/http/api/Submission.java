package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mystical.scanner.domain.intake.Decoded;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.Traceparent;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.http.webhook.CallbackRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client wants to have scanned, read whole or refused with everything that is wrong with it.
 *
 * @param idempotencyKey under which the client may send it again
 * @param traceparent the W3C trace that it belongs to, where it has a good one
 */
record Submission(
    Decoded.Request decoded, Optional<String> idempotencyKey, Optional<String> traceparent) {
  /** How long a request may be, here and in the queue. */
  static final int MOST_BYTES = 256 * 1024;

  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,255}");
  private static final Pattern JSON =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?;?");
  private static final JsonMapper LENIENT = JsonMapper.builder().build();
  private static final String CALLBACK = "/callback/url";

  /** Throws {@link BadCall}. */
  static Submission read(Request request, RequestDecoder decoder, CallbackRules callbacks)
      throws IOException {
    Optional<String> key = idempotencyKey(request);
    String type = request.header("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
    String coding = request.header("Content-Encoding").orElse("identity");
    if (!JSON.matcher(type).matches() || !coding.equalsIgnoreCase("identity")) {
      throw new BadCall(415, "send application/json, in UTF-8 and not packed");
    }
    String document = document(request);
    return new Submission(
        decoded(document, decoder, callbacks),
        key,
        request.header("traceparent").filter(Traceparent::valid));
  }

  private static String document(Request request) throws IOException {
    byte[] bytes = request.body().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new BadCall(413, "a request may have 256 KiB");
    }
    return text(bytes)
        .orElseThrow(() ->
            new BadCall(
                400, "the request has problems", List.of(Problem.at("", "is not valid UTF-8"))));
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Decoded.Request decoded(
      String document, RequestDecoder decoder, CallbackRules callbacks) {
    Decoded decoded = decoder.decode(document);
    List<Problem> problems = new ArrayList<>();
    Optional<String> url =
        switch (decoded) {
          case Decoded.Request good -> good.request().callback();
          case Decoded.Invalid invalid -> {
            problems.addAll(invalid.problems());
            yield callback(document);
          }
        };
    boolean told = problems.stream().anyMatch(it -> it.pointer().equals(CALLBACK));
    url.filter(it -> !told)
        .flatMap(callbacks::refusal)
        .ifPresent(why -> problems.add(Problem.at(CALLBACK, why)));
    if (decoded instanceof Decoded.Request good && problems.isEmpty()) {
      return good;
    }
    throw new BadCall(400, "the request has problems", problems);
  }

  /** Looked at even where other things are wrong, so that one answer tells all of it. */
  private static Optional<String> callback(String document) {
    try {
      return Optional.ofNullable(LENIENT.readTree(document))
          .map(root -> root.at(CALLBACK))
          .filter(JsonNode::isTextual)
          .map(JsonNode::textValue);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> idempotencyKey(Request request) {
    List<String> keys = request.headers().all("Idempotency-Key");
    if (keys.size() > 1 || keys.stream().anyMatch(it -> !KEY.matcher(it).matches())) {
      throw new BadCall(400, "an Idempotency-Key is one of 1 to 255 printable ASCII characters");
    }
    return keys.stream().findFirst();
  }
}
