package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.wire.report.ToolFacts.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a result is, by the rules of the standard. */
final class Judge {
  private final ToolFacts tool;
  private final List<Map<Descriptor, Level>> invocationLevels;

  Judge(RunFacts run) {
    tool = run.tool();
    invocationLevels = run.invocations().stream().map(it -> it.ruleLevels(tool)).toList();
  }

  /**
   * What a result is.
   *
   * @param ruleId empty where nothing tells it
   * @param severity that of a problem; empty for what is none
   * @param counts whether it is a finding
   */
  record Judgement(String ruleId, Level level, Optional<Severity> severity, boolean counts) {}

  Judgement judge(JsonNode result) {
    DescriptorReference reference = DescriptorReference.ofRule(result);
    Optional<Descriptor> rule = tool.rule(reference);
    String ruleId = reference.id().isEmpty() ? rule.map(Descriptor::id).orElse("") : reference.id();
    // §3.27.9, §3.27.10: whatever is no failure has no level.
    if (!result.path("kind").asText("fail").equals("fail")) {
      return new Judgement(ruleId, Level.NONE, Optional.empty(), false);
    }
    Level level = level(result, rule);
    Severity severity =
        SecuritySeverity.of(result)
            .or(() -> rule.flatMap(Descriptor::severity))
            .orElse(level.severity());
    boolean counts = !suppressed(result) && !gone(result);
    return new Judgement(ruleId, level, Optional.of(severity), counts);
  }

  /** §3.27.10. */
  private Level level(JsonNode result, Optional<Descriptor> rule) {
    String own = result.path("level").asText("");
    if (!own.isEmpty()) {
      return Level.of(own);
    }
    long invocation = result.path("provenance").path("invocationIndex").asLong(-1);
    Optional<Level> overridden =
        invocation >= 0 && invocation < invocationLevels.size()
            ? rule.flatMap(
                it -> Optional.ofNullable(invocationLevels.get((int) invocation).get(it)))
            : Optional.empty();
    return overridden.or(() -> rule.flatMap(Descriptor::level)).orElse(Level.WARNING);
  }

  /**
   * §3.27.23, §3.35.3. With one request under review or rejected the result stands, even if others
   * were accepted: a doubt must not make a scan clean.
   */
  private static boolean suppressed(JsonNode result) {
    JsonNode suppressions = result.path("suppressions");
    if (suppressions.isEmpty()) {
      return false;
    }
    for (JsonNode suppression : suppressions) {
      if (!suppression.path("status").asText("accepted").equals("accepted")) {
        return false;
      }
    }
    return true;
  }

  /** §3.27.24: it was there in an earlier run and is no more. */
  private static boolean gone(JsonNode result) {
    return result.path("baselineState").asText("").equals("absent");
  }
}
