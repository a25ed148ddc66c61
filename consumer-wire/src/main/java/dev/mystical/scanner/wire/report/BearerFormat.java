package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Shape.Different.NEED_NOT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.Severity;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * What {@code bearer scan --format jsonv2} writes. Its own SARIF calls everything an error and says
 * nothing of the files that it could not look at; this does both better.
 *
 * <p>Bearer writes {@code null} for its findings where it has found none, and it writes only once
 * it has gone through everything. So that means none in a document that is one of Bearer's by its
 * other members; anywhere else it means, as in SARIF, that nothing was looked at. The form is that
 * of {@code JsonV2Output} and what it refers to in Bearer 2.1.
 */
final class BearerFormat implements ForeignFormat {
  private static final Shape TEXT = Shape.Text.ANY;
  private static final Shape NUMBER = new Shape.Whole(1);

  private static final Shape.Struct COLUMN =
      new Shape.Struct("column", Map.of("start", NUMBER, "end", NUMBER), Set.of(), Set.of());
  private static final Shape.Struct SINK =
      new Shape.Struct(
          "sink",
          Map.of("start", NUMBER, "end", NUMBER, "column", COLUMN, "content", TEXT),
          Set.of(),
          Set.of());
  private static final Shape.Struct FINDING =
      new Shape.Struct(
          "finding",
          Map.ofEntries(
              Map.entry("id", TEXT),
              Map.entry("title", TEXT),
              Map.entry("description", TEXT),
              Map.entry("documentation_url", Shape.Text.ADDRESS),
              Map.entry("cwe_ids", new Shape.Items(TEXT, 0, Shape.Different.MUST)),
              Map.entry("severity", TEXT),
              Map.entry("filename", TEXT),
              Map.entry("line_number", NUMBER),
              Map.entry("sink", SINK),
              Map.entry("code_extract", TEXT),
              Map.entry("fingerprint", TEXT)),
          Set.of("id"),
          Set.of());
  private static final Shape.Struct ERROR =
      new Shape.Struct(
          "error", Map.of("type", TEXT, "filename", TEXT, "error", TEXT), Set.of(), Set.of());

  private boolean ofBearer;
  private boolean versioned;
  private boolean foundNothing;

  @Override
  public String tool() {
    return "Bearer";
  }

  @Override
  public Map<String, Shape> members() {
    return Map.of(
        "source",
        TEXT,
        "version",
        TEXT,
        "findings",
        new Shape.Items(FINDING, 0, NEED_NOT),
        "errors",
        new Shape.Items(ERROR, 0, NEED_NOT));
  }

  @Override
  public String results() {
    return "findings";
  }

  @Override
  public Set<String> deciding() {
    return Set.of("finding.id", "finding.severity", "finding.filename");
  }

  @Override
  public void item(String list, ObjectNode item, SarifDraft draft) throws IOException {
    if (list.equals("errors")) {
      draft.trouble(
          "%s %s: %s"
              .formatted(
                  item.path("type").asText("error"),
                  item.path("filename").asText(""),
                  item.path("error").asText("")));
      return;
    }
    String id = item.path("id").asText();
    draft.rule(id, rule(item));
    draft.result(result(id, item));
  }

  @Override
  public void value(String member, JsonNode value, SarifDraft draft) {
    switch (member) {
      case "source" -> ofBearer = value.asText().equals("Bearer");
      case "version" -> {
        versioned = !value.asText().isBlank();
        draft.version(value.asText());
      }
      default -> throw new IllegalArgumentException("no value is " + member);
    }
  }

  @Override
  public void nothing(String member) {
    foundNothing |= member.equals("findings");
  }

  @Override
  public void end(SarifDraft draft) throws IOException {
    if (foundNothing && ofBearer && versioned) {
      draft.beginResults();
      draft.endResults();
    }
  }

  private static ObjectNode rule(JsonNode finding) {
    ObjectNode rule = SarifDraft.object();
    String title = finding.path("title").asText("");
    if (!title.isEmpty()) {
      rule.putObject("shortDescription").put("text", title);
    }
    String description = finding.path("description").asText("");
    if (!description.isEmpty()) {
      rule.putObject("help").put("text", description).put("markdown", description);
    }
    String url = finding.path("documentation_url").asText("");
    if (!url.isEmpty()) {
      rule.put("helpUri", url);
    }
    if (!finding.path("cwe_ids").isEmpty()) {
      ArrayNode tags = rule.putObject("properties").putArray("tags");
      finding.path("cwe_ids").forEach(cwe -> tags.add("external/cwe/cwe-" + cwe.asText()));
    }
    return rule;
  }

  private static ObjectNode result(String id, JsonNode finding) {
    ObjectNode result = SarifDraft.object().put("ruleId", id);
    String title = finding.path("title").asText("");
    result.putObject("message").put("text", title.isEmpty() ? id : title);
    String word = finding.path("severity").asText("");
    // A word that is not known says nothing, and a finding without one is a warning.
    Severity severity =
        switch (word) {
          case "critical" -> Severity.CRITICAL;
          case "high" -> Severity.HIGH;
          case "low" -> Severity.LOW;
          case "warning" -> Severity.INFO;
          default -> Severity.MEDIUM;
        };
    ForeignResult.severity(result, severity);
    String file = finding.path("filename").asText("");
    if (!file.isEmpty()) {
      ForeignResult.place(result, file, region(finding));
    }
    String fingerprint = finding.path("fingerprint").asText("");
    if (!fingerprint.isEmpty()) {
      result.putObject("partialFingerprints").put("bearer/v1", fingerprint);
    }
    return result;
  }

  private static ObjectNode region(JsonNode finding) {
    JsonNode sink = finding.path("sink");
    ObjectNode region = SarifDraft.object();
    JsonNode line =
        sink.path("start").isNumber() ? sink.path("start") : finding.path("line_number");
    if (line.isMissingNode()) {
      return region;
    }
    region.set("startLine", line);
    ForeignResult.copy(sink.path("end"), region, "endLine");
    ForeignResult.copy(sink.path("column").path("start"), region, "startColumn");
    ForeignResult.copy(sink.path("column").path("end"), region, "endColumn");
    String code = finding.path("code_extract").asText(sink.path("content").asText(""));
    if (!code.isEmpty()) {
      region.putObject("snippet").put("text", code);
    }
    return region;
  }
}
