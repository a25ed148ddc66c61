package dev.mystical.scanner.http.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.wire.RunCallReader.Read;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.Function;

/** Reads the small documents of calls. */
final class Bodies {
  private Bodies() {}

  /** What a call makes of a good document. */
  interface Use<T> {
    Answer of(T document) throws InterruptedException;
  }

  static <T> Answer read(Request request, Function<String, Read<T>> reader, Use<T> use)
      throws IOException, InterruptedException {
    String type = request.header("Content-Type").orElse("").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase("application/json")) {
      return Answer.problem(415, "send application/json");
    }
    String document;
    try {
      document =
          UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body().readAllBytes())).toString();
    } catch (CharacterCodingException e) {
      return Answer.problem(400, "the document is no UTF-8");
    }
    return switch (reader.apply(document)) {
      case Read.Good<T>(T value) -> use.of(value);
      case Read.Bad<T>(var problems) -> Answer.problem(400, "the document has problems", problems);
    };
  }
}
