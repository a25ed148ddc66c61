package dev.mystical.scanner.local.scanner;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The findings of a SARIF report, worst first. */
public record Findings(List<Finding> all) {

  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::rule);

  /** Sorts them. */
  public Findings {
    all = all.stream().sorted(WORST_FIRST).toList();
  }

  /**
   * Reads a report.
   *
   * @throws IllegalArgumentException if it is not there, not readable, or says that the scan failed
   */
  public static Findings read(Path sarif) {
    try {
      List<Finding> found = new ArrayList<>();
      for (JsonNode run : SarifCheck.read(sarif).path("runs")) {
        addAll(run, found);
      }
      return new Findings(found);
    } catch (ScanBroken e) {
      throw new IllegalArgumentException(sarif + ": " + e.getMessage(), e);
    }
  }

  private static void addAll(JsonNode run, List<Finding> found) {
    JsonNode driver = run.path("tool").path("driver");
    JsonNode rules = driver.path("rules");
    Map<String, JsonNode> byId = new HashMap<>();
    rules.forEach(rule -> byId.put(rule.path("id").asText(), rule));
    for (JsonNode result : run.path("results")) {
      JsonNode named = result.path("rule");
      String id = result.path("ruleId").asText(named.path("id").asText());
      int index = result.path("ruleIndex").asInt(named.path("index").asInt(-1));
      JsonNode rule = byId.getOrDefault(id, rules.path(index));
      found.add(finding(driver.path("name").asText(), id, result, rule));
    }
  }

  private static Finding finding(String tool, String id, JsonNode result, JsonNode rule) {
    JsonNode place = result.path("locations").path(0).path("physicalLocation");
    return new Finding(
        severity(result, rule),
        tool,
        id.isEmpty() ? rule.path("id").asText("-") : id,
        place.path("artifactLocation").path("uri").asText(),
        place.path("region").path("startLine").asInt(0),
        message(result.path("message"), rule));
  }

  private static Severity severity(JsonNode result, JsonNode rule) {
    double score = rule.path("properties").path("security-severity").asDouble(-1);
    if (score >= 0) {
      return Severity.ofScore(score);
    }
    String level = result.path("level").asText();
    return Severity.ofLevel(
        level.isEmpty() ? rule.path("defaultConfiguration").path("level").asText() : level);
  }

  /** The rule's sentence with this finding's words in it says more than the rule's title. */
  private static String message(JsonNode message, JsonNode rule) {
    String text = message.path("text").asText();
    String sentence =
        rule.path("messageStrings").path(message.path("id").asText()).path("text").asText(text);
    JsonNode words = message.path("arguments");
    for (int i = 0; i < words.size(); i++) {
      sentence = sentence.replace("{" + i + "}", words.path(i).asText());
    }
    return sentence;
  }

  /** How many are of this severity. */
  public long count(Severity severity) {
    return all.stream().filter(finding -> finding.severity() == severity).count();
  }
}
