package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which rule or notification is meant (§3.52). Texts are empty and indexes negative where they are
 * absent.
 *
 * @param componentIndex which of {@code tool.extensions} defines it; with no GUID either, the
 *     driver does (§3.52.7)
 */
record DescriptorReference(
    String id, long index, String guid, long componentIndex, String componentGuid) {

  static DescriptorReference of(JsonNode reference) {
    JsonNode component = reference.path("toolComponent");
    return new DescriptorReference(
        reference.path("id").asText(""),
        reference.path("index").asLong(-1),
        reference.path("guid").asText(""),
        component.path("index").asLong(-1),
        component.path("guid").asText(""));
  }

  /** That of a result, whose {@code ruleId} and {@code ruleIndex} stand in for parts (§3.27.7). */
  static DescriptorReference ofRule(JsonNode result) {
    DescriptorReference rule = of(result.path("rule"));
    return new DescriptorReference(
        rule.id().isEmpty() ? result.path("ruleId").asText("") : rule.id(),
        rule.index() < 0 ? result.path("ruleIndex").asLong(-1) : rule.index(),
        rule.guid(),
        rule.componentIndex(),
        rule.componentGuid());
  }

  boolean namesComponent() {
    return componentIndex >= 0 || !componentGuid.isEmpty();
  }
}
