package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.wire.report.Judge.Judgement;

/**
 * Writes into each result what was to be found out about it, so that nobody after us must: its
 * rule's id, its level, its severity and its fingerprint.
 */
final class ResultWriter {
  /** Among a result's properties: one of critical, high, medium, low, info. */
  static final String SEVERITY = "severity";

  private final Fingerprints fingerprints = new Fingerprints();
  private FindingCounts counts = FindingCounts.NONE;

  FindingCounts counts() {
    return counts;
  }

  void complete(ObjectNode result, Judge judge) {
    Judgement judgement = judge.judge(result);
    if (!judgement.ruleId().isEmpty() && !result.has("ruleId")) {
      result.put("ruleId", judgement.ruleId());
    }
    result.put("level", judgement.level().word());
    judgement.severity().ifPresent(severity -> writeSeverity(result, severity));
    result
        .withObjectProperty("partialFingerprints")
        .put(Fingerprints.NAME, fingerprints.next(judgement.ruleId(), result));
    if (judgement.counts()) {
      counts = judgement.severity().map(counts::plus).orElse(counts);
    }
  }

  private static void writeSeverity(ObjectNode result, Severity severity) {
    JsonNode properties = result.withObjectProperty("properties");
    if (properties instanceof ObjectNode bag) {
      bag.put(SEVERITY, SecuritySeverity.word(severity));
      // Where a score said so, it stays; where a level did, the score is one in the middle.
      if (SecuritySeverity.of(result).isEmpty()) {
        bag.put(SecuritySeverity.NAME, SecuritySeverity.score(severity));
      }
    }
  }
}
