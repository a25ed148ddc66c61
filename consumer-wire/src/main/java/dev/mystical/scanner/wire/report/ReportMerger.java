package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Puts the runs of several reports, each in our form, into one report. */
public final class ReportMerger {
  private ReportMerger() {}

  /**
   * Writes the runs of all reports in their order, none of them ever whole in memory. Throws what
   * sources and output throw, and {@link IOException} where a report is none of ours; what was
   * written until then is no report.
   */
  public static Content merge(List<ReportSource> reports, OutputStream out) throws IOException {
    MeasuredOutput measured = new MeasuredOutput(out);
    try (JsonGenerator generator = JsonStreams.generator(measured)) {
      generator.writeStartObject();
      generator.writeStringField("$schema", SarifSchema.ADDRESS);
      generator.writeStringField("version", SarifWalk.VERSION);
      generator.writeArrayFieldStart("runs");
      for (ReportSource report : reports) {
        copyRuns(report, generator);
      }
      generator.writeEndArray();
      generator.writeEndObject();
    }
    return measured.content();
  }

  private static void copyRuns(ReportSource report, JsonGenerator out) throws IOException {
    try (InputStream in = report.open();
        JsonParser parser = JsonStreams.parser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a stored report is no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean runs = parser.currentName().equals("runs");
        if (parser.nextToken() == JsonToken.START_ARRAY && runs) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            out.copyCurrentStructure(parser);
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      // Its message quotes the report, which may hold what no log should show.
      throw new IOException("a stored report is no JSON", e);
    }
  }
}
