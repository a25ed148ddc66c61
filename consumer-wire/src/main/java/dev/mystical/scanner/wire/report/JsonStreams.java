package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Parsers and generators that hold no more of a document than one value, and that within limits.
 */
final class JsonStreams {
  /** The longest text that is ever put together; skipped ones may be longer. In characters. */
  static final int LONGEST_TEXT = 4 * 1024 * 1024;

  /** SARIF itself needs about 30 levels; the rest is for property bags. */
  static final int DEEPEST = 100;

  static final int LONGEST_NAME = 4_096;
  static final int LONGEST_NUMBER = 100;

  // Field names are not kept between documents: they would let a sender fill a table for good.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNameLength(LONGEST_NAME)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .errorReportConfiguration(
              ErrorReportConfiguration.builder().maxErrorTokenLength(16).build())
          // Whoever opened a stream closes it.
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY).disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).build();

  private JsonStreams() {}

  static JsonParser parser(InputStream in) throws IOException {
    return FACTORY.createParser(in);
  }

  static JsonGenerator generator(OutputStream out) throws IOException {
    return FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  static void write(JsonGenerator out, JsonNode node) throws IOException {
    MAPPER.writeTree(out, node);
  }
}
