package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.CharConversionException;
import java.io.IOException;

/** What every document must be, whatever stands in it: one JSON value, and nothing after it. */
final class JsonDocument {
  private JsonDocument() {}

  /** Reads the value at which the parser stands, to its end. */
  interface Reading {
    void read() throws IOException;
  }

  /** Reads a document to its end or to its first error of syntax, which is then a flaw. */
  static void read(JsonParser parser, Flaws flaws, Reading value) throws IOException {
    try {
      if (parser.nextToken() == null) {
        flaws.whole("is empty");
        return;
      }
      value.read();
      if (parser.nextToken() != null) {
        flaws.whole("has more text after its end");
      }
    } catch (StreamConstraintsException e) {
      String why = e.getOriginalMessage().replaceAll(", from `[^`]*`", "");
      throw new ReportTooLarge(Texts.line(why));
    } catch (JsonProcessingException e) {
      flaws.syntax(parser, e);
    } catch (CharConversionException e) {
      flaws.here(parser, "is not UTF-8");
    }
  }
}
