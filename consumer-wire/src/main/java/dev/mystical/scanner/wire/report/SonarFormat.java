package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Shape.Different.NEED_NOT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.Severity;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What SonarQube's {@code api/issues/search} answers, with the issues of all its pages in one
 * array. Its own quality gate is no help: by default it looks at new code alone.
 */
final class SonarFormat implements ForeignFormat {
  private static final Shape TEXT = Shape.Text.ANY;
  private static final Shape LINE = new Shape.Whole(1);
  private static final Shape COUNT = new Shape.Whole(0);
  private static final Set<String> ACCEPTED =
      Set.of("ACCEPTED", "FALSE_POSITIVE", "FALSE-POSITIVE", "WONTFIX", "SAFE");
  private static final Set<String> GONE = Set.of("FIXED", "REMOVED");

  private static final Shape.Struct RANGE =
      new Shape.Struct(
          "textRange",
          Map.of("startLine", LINE, "endLine", LINE, "startOffset", COUNT, "endOffset", COUNT),
          Set.of(),
          Set.of());
  private static final Shape.Struct IMPACT =
      new Shape.Struct("impact", Map.of("severity", TEXT), Set.of(), Set.of());
  private static final Shape.Struct ISSUE =
      new Shape.Struct(
          "issue",
          Map.ofEntries(
              Map.entry("rule", TEXT),
              Map.entry("severity", TEXT),
              Map.entry("impacts", new Shape.Items(IMPACT, 0, NEED_NOT)),
              Map.entry("component", TEXT),
              Map.entry("project", TEXT),
              Map.entry("line", LINE),
              Map.entry("textRange", RANGE),
              Map.entry("hash", TEXT),
              Map.entry("message", TEXT),
              Map.entry("type", TEXT),
              Map.entry("status", TEXT),
              Map.entry("resolution", TEXT),
              Map.entry("issueStatus", TEXT)),
          Set.of("rule"),
          Set.of());
  private static final Shape.Struct RULE =
      new Shape.Struct("rule", Map.of("key", TEXT, "name", TEXT), Set.of("key"), Set.of());
  private static final Shape.Struct PAGING =
      new Shape.Struct("paging", Map.of("total", COUNT), Set.of(), Set.of());

  private long told;
  private long total;

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
        new Shape.Items(RULE, 0, NEED_NOT));
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
  public void item(String list, ObjectNode item, SarifDraft draft) throws IOException {
    if (list.equals("rules")) {
      ObjectNode rule = SarifDraft.object();
      String name = item.path("name").asText("");
      if (!name.isEmpty()) {
        rule.putObject("shortDescription").put("text", name);
      }
      draft.rule(item.path("key").asText(), rule);
      return;
    }
    told++;
    if (!GONE.contains(state(item))) {
      draft.result(result(item));
    }
  }

  @Override
  public void value(String member, JsonNode value, SarifDraft draft) {
    total =
        Math.max(total, member.equals("paging") ? value.path("total").asLong() : value.asLong());
  }

  @Override
  public void end(SarifDraft draft) {
    // The server stops at 10,000, and a client may stop at the first page.
    if (total > told) {
      draft.trouble("only %d of %d issues are told".formatted(told, total));
    }
  }

  /** The newest word on what became of an issue. */
  private static String state(JsonNode issue) {
    String state = issue.path("issueStatus").asText("");
    if (!state.isEmpty()) {
      return state;
    }
    return issue.path("resolution").asText(issue.path("status").asText(""));
  }

  private static ObjectNode result(JsonNode issue) {
    String rule = issue.path("rule").asText();
    ObjectNode result = SarifDraft.object().put("ruleId", rule);
    String message = issue.path("message").asText("");
    result.putObject("message").put("text", message.isEmpty() ? rule : message);
    if (issue.path("type").asText("").equals("SECURITY_HOTSPOT")) {
      result.put("kind", "review");
    } else {
      severity(issue).ifPresent(it -> ForeignResult.severity(result, it));
    }
    String file = file(issue);
    if (!file.isEmpty()) {
      ForeignResult.place(result, file, region(issue));
    }
    String state = state(issue);
    if (ACCEPTED.contains(state)) {
      result
          .putArray("suppressions")
          .addObject()
          .put("kind", "external")
          .put("status", "accepted")
          .put("justification", state);
    }
    String hash = issue.path("hash").asText("");
    if (!hash.isEmpty()) {
      result.putObject("partialFingerprints").put("sonarLineHash/v1", hash);
    }
    return result;
  }

  /** The worst of its impacts; servers of old have one severity instead. */
  private static Optional<Severity> severity(JsonNode issue) {
    Optional<Severity> worst = Optional.empty();
    for (JsonNode impact : issue.path("impacts")) {
      Optional<Severity> one = ofImpact(impact.path("severity").asText(""));
      if (one.isPresent() && (worst.isEmpty() || one.get().compareTo(worst.get()) < 0)) {
        worst = one;
      }
    }
    return worst.or(() -> ofOld(issue.path("severity").asText("")));
  }

  private static Optional<Severity> ofImpact(String word) {
    return switch (word) {
      case "BLOCKER" -> Optional.of(Severity.CRITICAL);
      case "HIGH" -> Optional.of(Severity.HIGH);
      case "MEDIUM" -> Optional.of(Severity.MEDIUM);
      case "LOW" -> Optional.of(Severity.LOW);
      case "INFO" -> Optional.of(Severity.INFO);
      default -> Optional.empty();
    };
  }

  private static Optional<Severity> ofOld(String word) {
    return switch (word) {
      case "BLOCKER" -> Optional.of(Severity.CRITICAL);
      case "CRITICAL" -> Optional.of(Severity.HIGH);
      case "MAJOR" -> Optional.of(Severity.MEDIUM);
      case "MINOR" -> Optional.of(Severity.LOW);
      case "INFO" -> Optional.of(Severity.INFO);
      default -> Optional.empty();
    };
  }

  /** A component's key is its project's, a colon, and its path; either may have more colons. */
  private static String file(JsonNode issue) {
    String component = issue.path("component").asText("");
    String project = issue.path("project").asText("");
    if (!project.isEmpty() && component.startsWith(project + ":")) {
      return component.substring(project.length() + 1);
    }
    // With no path it is the project itself.
    return component.equals(project) ? "" : component.substring(component.lastIndexOf(':') + 1);
  }

  private static ObjectNode region(JsonNode issue) {
    ObjectNode region = SarifDraft.object();
    JsonNode range = issue.path("textRange");
    if (range.path("startLine").isNumber()) {
      region.set("startLine", range.path("startLine"));
      ForeignResult.copy(range.path("endLine"), region, "endLine");
      column(range.path("startOffset"), region, "startColumn");
      column(range.path("endOffset"), region, "endColumn");
    } else {
      ForeignResult.copy(issue.path("line"), region, "startLine");
    }
    return region;
  }

  /** Theirs begin at 0, SARIF's at 1 (§3.30.6). */
  private static void column(JsonNode offset, ObjectNode region, String name) {
    if (offset.isNumber()) {
      region.put(name, offset.asLong() + 1);
    }
  }
}
