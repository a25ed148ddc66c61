package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.Severity;

/** What the results of foreign formats have in common. */
final class ForeignResult {
  private ForeignResult() {}

  static void severity(ObjectNode result, Severity severity) {
    result.put("level", Level.of(severity).word());
    result
        .withObjectProperty("properties")
        .put(SecuritySeverity.NAME, SecuritySeverity.score(severity));
  }

  /** In a file, by its path as the file system has it; the region may be empty. */
  static void place(ObjectNode result, String file, ObjectNode region) {
    result.putArray("locations").addObject().set("physicalLocation", physical(file, region));
  }

  /** The same, on its own. */
  static ObjectNode physical(String file, ObjectNode region) {
    ObjectNode physical = SarifDraft.object();
    physical.putObject("artifactLocation").put("uri", Reference.ofPath(file));
    if (!region.isEmpty()) {
      physical.set("region", region);
    }
    return physical;
  }

  static void copy(JsonNode value, ObjectNode to, String name) {
    if (!value.isMissingNode()) {
      to.set(name, value);
    }
  }
}
