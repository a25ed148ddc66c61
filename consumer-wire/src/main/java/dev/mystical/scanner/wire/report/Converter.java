package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.wire.report.Shape.Struct;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Turns one document of a {@link ForeignFormat} into SARIF, holding one item of it at a time. */
final class Converter {
  private final JsonParser parser;
  private final Cleaner cleaner;
  private final ForeignFormat format;
  private final SarifDraft draft;
  private final Flaws flaws;
  private final ReportLimits limits;

  Converter(
      JsonParser parser, JsonGenerator out, ForeignFormat format, Flaws flaws, ReportLimits limits)
      throws IOException {
    this.parser = parser;
    this.format = format;
    this.flaws = flaws;
    this.limits = limits;
    this.cleaner =
        new Cleaner(
            parser,
            new Cleaner.Rules(
                name -> {
                  throw new IllegalStateException("nothing refers to " + name);
                },
                format.deciding(),
                format.details()),
            flaws);
    this.draft = new SarifDraft(out, format.tool(), limits);
  }

  void convert() throws IOException {
    JsonDocument.read(parser, flaws, this::document);
    if (flaws.none()) {
      format.end(draft);
      draft.finish();
    }
  }

  private void document() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      flaws.whole("must be an object");
      parser.skipChildren();
      return;
    }
    Map<String, Shape> members = format.members();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Shape shape = members.get(name);
      parser.nextToken();
      if (shape == null) {
        parser.skipChildren();
      } else if (!seen.add(name)) {
        flaws.here(parser, "appears more than once");
        parser.skipChildren();
      } else if (parser.currentToken() == JsonToken.VALUE_NULL) {
        format.nothing(name);
      } else if (shape instanceof Shape.Items items && items.item() instanceof Struct struct) {
        list(name, struct);
      } else {
        JsonNode value = cleaner.value("", name, shape);
        if (!value.isMissingNode()) {
          format.value(name, value, draft);
        }
      }
    }
  }

  private void list(String name, Struct struct) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      flaws.here(parser, "must be an array");
      parser.skipChildren();
      return;
    }
    boolean results = name.equals(format.results());
    if (results) {
      draft.beginResults();
    }
    int items = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (++items > limits.items()) {
        throw new ReportTooLarge("%s has more than %d items".formatted(name, limits.items()));
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        flaws.here(parser, "must be an object");
        parser.skipChildren();
      } else if (cleaner.item(struct) instanceof ObjectNode item) {
        format.item(name, item, draft);
      } else {
        flaws.here(parser, "must have " + String.join(", ", struct.required()));
      }
    }
    if (results) {
      draft.endResults();
    }
  }
}
