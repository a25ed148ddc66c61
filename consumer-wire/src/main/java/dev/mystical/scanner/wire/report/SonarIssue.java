package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.Severity;
import java.util.Optional;
import java.util.Set;

/** One issue of SonarQube. */
record SonarIssue(JsonNode issue) {
  private static final Set<String> ACCEPTED =
      Set.of("ACCEPTED", "FALSE_POSITIVE", "FALSE-POSITIVE", "WONTFIX", "SAFE");

  /** The newest word on what became of it. */
  String state() {
    String state = text("issueStatus");
    if (!state.isEmpty()) {
      return state;
    }
    return issue.path("resolution").asText(text("status"));
  }

  ObjectNode result() {
    String rule = text("rule");
    ObjectNode result = SarifDraft.object().put("ruleId", rule);
    String message = text("message");
    result.putObject("message").put("text", message.isEmpty() ? rule : message);
    if (text("type").equals("SECURITY_HOTSPOT")) {
      result.put("kind", "review");
    } else {
      severity().ifPresent(it -> ForeignResult.severity(result, it));
    }
    new SonarPlaces(text("project")).write(issue, result);
    String state = state();
    if (ACCEPTED.contains(state)) {
      result
          .putArray("suppressions")
          .addObject()
          .put("kind", "external")
          .put("status", "accepted")
          .put("justification", state);
    }
    String hash = text("hash");
    if (!hash.isEmpty()) {
      result.putObject("partialFingerprints").put("sonarLineHash/v1", hash);
    }
    properties(result);
    return result;
  }

  private void properties(ObjectNode result) {
    ObjectNode properties = SarifDraft.object();
    ForeignResult.copy(
        issue.path("properties").path(Cleaner.LEFT_OUT), properties, Cleaner.LEFT_OUT);
    ForeignResult.copy(issue.path("tags"), properties, "tags");
    for (String name : new String[] {"key", "type", "effort"}) {
      ForeignResult.copy(issue.path(name), properties, "sonarqube/" + name);
    }
    if (!properties.isEmpty()) {
      result.withObjectProperty("properties").setAll(properties);
    }
  }

  /** The worst of its impacts; servers of old have one severity instead. */
  private Optional<Severity> severity() {
    Optional<Severity> worst = Optional.empty();
    for (JsonNode impact : issue.path("impacts")) {
      Optional<Severity> one = ofImpact(impact.path("severity").asText(""));
      if (one.isPresent() && (worst.isEmpty() || one.get().compareTo(worst.get()) < 0)) {
        worst = one;
      }
    }
    return worst.or(() -> ofOld(text("severity")));
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

  private String text(String name) {
    return issue.path(name).asText("");
  }
}
