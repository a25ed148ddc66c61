package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.wire.report.SarifVisitor.Reading;
import dev.mystical.scanner.wire.report.Shape.Struct;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Goes through one SARIF 2.1.0 document from its first byte to its last, once, holding one item at
 * a time. Whatever it meets, it ends with a list of flaws, which may be empty, or with {@link
 * ReportTooLarge}.
 */
final class SarifWalk {
  static final String VERSION = "2.1.0";

  private static final Set<String> LARGE = Set.of("run", "tool", "toolComponent", "invocation");

  /** Members whose loss could turn a verdict or make one finding another. */
  private static final Set<String> DECIDING =
      Set.of(
          "invocation.executionSuccessful",
          "notification.level",
          "reportingConfiguration.level",
          "reportingDescriptor.id",
          "result.baselineState",
          "result.kind",
          "result.level",
          "result.message",
          "result.rule",
          "result.ruleId",
          "result.ruleIndex",
          "result.suppressions",
          "suppression.status",
          "toolComponent.name");

  private static final Set<String> DETAILS =
      Set.of(
          "result.attachments",
          "result.codeFlows",
          "result.fixes",
          "result.relatedLocations",
          "result.stacks",
          "result.taxa",
          "result.webRequest",
          "result.webResponse",
          "result.workItemUris");

  /** Nothing refers to these by their place, and a report makes sense without them. */
  private static final Set<String> SPARE = Set.of("versionControlDetails");

  static final Cleaner.Rules RULES = new Cleaner.Rules(SarifSchema::struct, DECIDING, DETAILS);

  private final JsonParser parser;
  private final Cleaner cleaner;
  private final Flaws flaws;
  private final SarifVisitor visitor;
  private final ReportLimits limits;

  SarifWalk(
      JsonParser parser, Cleaner cleaner, Flaws flaws, SarifVisitor visitor, ReportLimits limits) {
    this.parser = parser;
    this.cleaner = cleaner;
    this.flaws = flaws;
    this.visitor = visitor;
    this.limits = limits;
  }

  void document() throws IOException {
    JsonDocument.read(parser, flaws, this::log);
  }

  /** §3.13. */
  private void log() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      flaws.whole("must be an object, the log of SARIF " + VERSION);
      parser.skipChildren();
      return;
    }
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "version" -> version(seen.add(name));
        case "runs" -> runs(seen.add(name));
        case "inlineExternalProperties" -> elsewhere();
        default -> parser.skipChildren();
      }
    }
    for (String required : new String[] {"version", "runs"}) {
      if (!seen.contains(required)) {
        flaws.member(parser, required, "is missing");
      }
    }
  }

  private void version(boolean first) throws IOException {
    if (!first) {
      flaws.here(parser, "appears more than once");
    } else if (parser.currentToken() != JsonToken.VALUE_STRING) {
      flaws.here(parser, "must be " + VERSION);
    } else if (!parser.getText().equals(VERSION)) {
      flaws.here(
          parser, "must be %s, but is %s".formatted(VERSION, Texts.quoted(parser.getText())));
    }
    parser.skipChildren();
  }

  private void runs(boolean first) throws IOException {
    if (!first) {
      flaws.here(parser, "appears more than once");
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        structure(SarifSchema.struct("run"));
      }
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      // Null is allowed (§3.13.4): whoever made the log could not get at the runs.
      flaws.here(parser, "must be an array");
    }
    parser.skipChildren();
  }

  private void elsewhere() throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      if (parser.nextToken() != JsonToken.END_ARRAY) {
        visitor.standsElsewhere();
        while (parser.currentToken() != JsonToken.END_ARRAY) {
          parser.skipChildren();
          parser.nextToken();
        }
      }
    }
    parser.skipChildren();
  }

  private void structure(Struct struct) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      flaws.here(parser, "must be an object");
      parser.skipChildren();
      return;
    }
    visitor.begin(struct.name());
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Shape shape = struct.members().get(name);
      if (parser.nextToken() == JsonToken.VALUE_NULL || shape == null) {
        parser.skipChildren();
      } else if (!seen.add(name)) {
        flaws.here(parser, "appears more than once");
        parser.skipChildren();
      } else {
        member(struct, name, shape);
      }
    }
    for (String required : struct.required()) {
      if (!seen.contains(required)) {
        flaws.member(parser, required, "is missing");
      }
    }
    visitor.end(struct.name());
  }

  private void member(Struct struct, String name, Shape shape) throws IOException {
    Reading reading = visitor.reading(struct.name(), name);
    if (reading == Reading.SKIP) {
      parser.skipChildren();
    } else if (shape instanceof Shape.Reference(String type) && LARGE.contains(type)) {
      visitor.member(struct.name(), name);
      structure(SarifSchema.struct(type));
    } else if (shape instanceof Shape.Items items
        && items.item() instanceof Shape.Reference(String type)) {
      array(struct, name, items, SarifSchema.struct(type), reading);
    } else {
      JsonNode value = cleaner.value(struct.name(), name, shape);
      if (!value.isMissingNode()) {
        visitor.value(struct.name(), name, value);
      }
    }
  }

  private void array(Struct owner, String name, Shape.Items shape, Struct type, Reading reading)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      flaws.here(parser, "must be an array");
      parser.skipChildren();
      return;
    }
    visitor.beginArray(owner.name(), name, shape.different());
    int items = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (++items > limits.items()) {
        throw new ReportTooLarge("%s has more than %d items".formatted(name, limits.items()));
      }
      if (reading == Reading.COUNT) {
        parser.skipChildren();
        visitor.counted(owner.name(), name);
      } else if (LARGE.contains(type.name())) {
        structure(type);
      } else {
        item(owner, name, type);
      }
    }
    visitor.endArray();
  }

  private void item(Struct owner, String name, Struct type) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      flaws.here(parser, "must be an object");
      parser.skipChildren();
    } else if (cleaner.item(type) instanceof ObjectNode item) {
      visitor.item(owner.name(), name, item);
    } else if (!SPARE.contains(type.name())) {
      flaws.here(parser, "must have " + String.join(", ", type.required()));
    }
  }
}
