package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Shape.Different.MUST;
import static dev.mystical.scanner.wire.report.Shape.Different.NEED_NOT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * What SonarQube's {@code api/issues/search} answers, with the issues of all its pages in one
 * array. Whoever collected them may add:
 *
 * <ul>
 *   <li>{@code errors}, each with a {@code msg}, as the server itself tells why it has no answer:
 *       something was not looked at
 *   <li>{@code qualityGate}, the {@code projectStatus} of {@code api/qualitygates/project_status}.
 *       It is kept among the run's properties and decides nothing: by default it looks at new code
 *       alone.
 *   <li>{@code serverVersion}, and {@code projectKey} and {@code analysisId}, by which people find
 *       the analysis in the server
 * </ul>
 *
 * Security hotspots are no findings, but are asked to be reviewed.
 */
final class SonarFormat implements ForeignFormat {
  private static final String OURS = "sonarqube/";
  private static final Shape TEXT = Shape.Text.ANY;
  private static final Shape LINE = new Shape.Whole(1);
  private static final Shape COUNT = new Shape.Whole(0);
  private static final Set<String> GONE = Set.of("FIXED", "REMOVED");

  private static final Shape.Struct RANGE =
      struct(
          "textRange",
          Map.of("startLine", LINE, "endLine", LINE, "startOffset", COUNT, "endOffset", COUNT));
  private static final Shape.Struct IMPACT = struct("impact", Map.of("severity", TEXT));
  private static final Shape.Struct LOCATION =
      struct("location", Map.of("component", TEXT, "textRange", RANGE, "msg", TEXT));
  private static final Shape.Struct FLOW =
      struct(
          "flow", Map.of("locations", new Shape.Items(LOCATION, 0, NEED_NOT), "description", TEXT));
  private static final Shape.Struct ISSUE =
      struct(
          "issue",
          Map.ofEntries(
              Map.entry("key", TEXT),
              Map.entry("rule", TEXT),
              Map.entry("severity", TEXT),
              Map.entry("impacts", new Shape.Items(IMPACT, 0, NEED_NOT)),
              Map.entry("component", TEXT),
              Map.entry("project", TEXT),
              Map.entry("line", LINE),
              Map.entry("textRange", RANGE),
              Map.entry("flows", new Shape.Items(FLOW, 0, NEED_NOT)),
              Map.entry("hash", TEXT),
              Map.entry("message", TEXT),
              Map.entry("type", TEXT),
              Map.entry("effort", TEXT),
              Map.entry("tags", new Shape.Items(TEXT, 0, MUST)),
              Map.entry("status", TEXT),
              Map.entry("resolution", TEXT),
              Map.entry("issueStatus", TEXT)),
          "rule");
  private static final Shape.Struct RULE = struct("rule", Map.of("key", TEXT, "name", TEXT), "key");
  private static final Shape.Struct ERROR = struct("error", Map.of("msg", TEXT), "msg");
  private static final Shape.Struct PAGING = struct("paging", Map.of("total", COUNT));
  private static final Shape.Struct CONDITION =
      struct(
          "condition",
          Map.of(
              "status", TEXT,
              "metricKey", TEXT,
              "comparator", TEXT,
              "errorThreshold", TEXT,
              "actualValue", TEXT));
  private static final Shape.Struct GATE =
      struct(
          "qualityGate",
          Map.of("status", TEXT, "conditions", new Shape.Items(CONDITION, 0, NEED_NOT)));

  private long told;
  private long total;

  private static Shape.Struct struct(String name, Map<String, Shape> members, String... required) {
    return new Shape.Struct(name, members, Set.of(required), Set.of());
  }

  @Override
  public String tool() {
    return "SonarQube";
  }

  @Override
  public Map<String, Shape> members() {
    return Map.of(
        "total",
        COUNT,
        "paging",
        PAGING,
        "issues",
        new Shape.Items(ISSUE, 0, NEED_NOT),
        "rules",
        new Shape.Items(RULE, 0, NEED_NOT),
        "errors",
        new Shape.Items(ERROR, 0, NEED_NOT),
        "qualityGate",
        GATE,
        "serverVersion",
        TEXT,
        "projectKey",
        TEXT,
        "analysisId",
        TEXT);
  }

  @Override
  public String results() {
    return "issues";
  }

  @Override
  public Set<String> deciding() {
    return Set.of(
        ".paging",
        ".total",
        "paging.total",
        "impact.severity",
        "issue.component",
        "issue.impacts",
        "issue.issueStatus",
        "issue.resolution",
        "issue.rule",
        "issue.severity",
        "issue.status");
  }

  @Override
  public Set<String> details() {
    return Set.of("issue.flows");
  }

  @Override
  public void item(String list, ObjectNode item, SarifDraft draft) throws IOException {
    switch (list) {
      case "rules" -> draft.rule(item.path("key").asText(), rule(item));
      case "errors" -> draft.trouble(item.path("msg").asText());
      default -> {
        told++;
        SonarIssue issue = new SonarIssue(item);
        if (!GONE.contains(issue.state())) {
          draft.result(issue.result());
        }
      }
    }
  }

  private static ObjectNode rule(JsonNode item) {
    ObjectNode rule = SarifDraft.object();
    String name = item.path("name").asText("");
    if (!name.isEmpty()) {
      rule.putObject("shortDescription").put("text", name);
    }
    return rule;
  }

  @Override
  public void value(String member, JsonNode value, SarifDraft draft) {
    switch (member) {
      case "paging" -> total = Math.max(total, value.path("total").asLong());
      case "total" -> total = Math.max(total, value.asLong());
      case "serverVersion" -> draft.version(value.asText());
      default -> draft.property(OURS + member, value);
    }
  }

  @Override
  public void end(SarifDraft draft) {
    // The server stops at 10,000, and a client may stop at the first page.
    if (total > told) {
      draft.trouble("only %d of %d issues are told".formatted(told, total));
    }
  }
}
