package dev.mystical.scanner.http.api;

import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Hands out the description of the whole API, which needs no key. */
final class OpenApiDocument {
  private static final String NAME = "/openapi.yaml";
  private static final String MEDIA_TYPE = "application/yaml";

  private OpenApiDocument() {}

  static Handler load() {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream(NAME)) {
      if (in == null) {
        throw new IllegalStateException(NAME + " is missing from this build");
      }
      byte[] document = in.readAllBytes();
      return request -> Answer.of(200, MEDIA_TYPE, document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
