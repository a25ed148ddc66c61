package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.wire.report.Reports.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a real server said of a sample; {@code sonar/README.md} tells how it was recorded. */
class SonarRecordingTest {
  private static final byte[] RECORDED = recorded();
  private static final Result READ = read(RECORDED, ReportFormat.SONAR);

  private static final Map<String, Severity> SEVERITIES =
      Map.of(
          "BLOCKER", Severity.CRITICAL,
          "HIGH", Severity.HIGH,
          "MEDIUM", Severity.MEDIUM,
          "LOW", Severity.LOW,
          "INFO", Severity.INFO);

  private static byte[] recorded() {
    try (InputStream in = SonarRecordingTest.class.getResourceAsStream("/sonar/issues-26.9.json")) {
      assertThat(in).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void allOfItIsTold() {
    assertThat(READ.coverage()).isEqualTo(Coverage.FULL);
    assertThat(perRule(READ.run().path("results"), "ruleId"))
        .isEqualTo(perRule(Reports.json(text()).path("issues"), "rule"))
        .hasSize(20);
    requireOurs(READ);
  }

  @Test
  void severitiesAreThoseOfImpacts() {
    Map<Severity, Integer> worst = new HashMap<>();
    for (JsonNode issue : Reports.json(text()).path("issues")) {
      worst.merge(worst(issue.path("impacts")), 1, Integer::sum);
    }
    FindingCounts expected = FindingCounts.NONE;
    for (Map.Entry<Severity, Integer> each : worst.entrySet()) {
      for (int i = 0; i < each.getValue(); i++) {
        expected = expected.plus(each.getKey());
      }
    }
    assertThat(READ.counts()).isEqualTo(expected);
    assertThat(expected.total()).isEqualTo(26);
  }

  private static Severity worst(JsonNode impacts) {
    return StreamSupport.stream(impacts.spliterator(), false)
        .map(impact -> SEVERITIES.get(impact.path("severity").asText()))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Test
  void waysAreToldFromTheirBeginnings() {
    JsonNode steps =
        result("java:S2259")
            .path("codeFlows")
            .path(0)
            .path("threadFlows")
            .path(0)
            .path("locations");

    assertThat(steps).hasSize(2);
    assertThat(steps.path(0).path("location").path("message").path("text").asText())
        .isEqualTo("Implies 'text' is null.");
    assertThat(steps.path(1).path("location").path("message").path("text").asText())
        .isEqualTo("'text' is dereferenced.");
    assertThat(steps.path(0).path("location").path("physicalLocation").toString())
        .contains("\"uri\":\"src/main/java/shop/Discounts.java\"", "\"startLine\":7");
  }

  @Test
  void furtherPlacesAreRelated() {
    JsonNode complex = result("javascript:S3776");

    assertThat(complex.path("relatedLocations")).hasSize(9);
    assertThat(complex.has("codeFlows")).isFalse();
    assertThat(complex.path("relatedLocations").path(0).path("message").path("text").asText())
        .isEqualTo("+1");
  }

  @Test
  void rulesHaveNames() {
    for (JsonNode rule : READ.run().path("tool").path("driver").path("rules")) {
      assertThat(rule.path("shortDescription").path("text").asText()).isNotBlank();
    }
    assertThat(READ.run().path("tool").path("driver").path("version").asText())
        .isEqualTo("26.9.0.129388");
  }

  @Test
  void qualityGateIsKeptAndDecidesNothing() {
    JsonNode gate = READ.run().path("properties").path("sonarqube/qualityGate");

    assertThat(gate.path("status").asText()).isEqualTo("ERROR");
    assertThat(gate.path("conditions")).hasSize(3);
    assertThat(gate.path("conditions").path(2).toString())
        .isEqualTo(
            "{\"status\":\"ERROR\",\"metricKey\":\"new_violations\",\"comparator\":\"GT\","
                + "\"errorThreshold\":\"0\",\"actualValue\":\"3\"}");
    Result passed = read(text().replace("\"ERROR\"", "\"OK\"").getBytes(UTF_8), ReportFormat.SONAR);
    assertThat(passed.summary()).isEqualTo(READ.summary());
  }

  @Test
  void analysisIsToBeFound() {
    assertThat(READ.run().path("properties").path("sonarqube/projectKey").asText())
        .isEqualTo("default:shop:release:1.0");
    assertThat(result("python:S1862").path("properties").path("sonarqube/key").asText())
        .matches("[0-9a-f-]{36}");
  }

  @Test
  void worstFindingsAreShown() throws IOException {
    Findings findings =
        FindingsReader.read(
            List.of(() -> new ByteArrayInputStream(READ.written().getBytes(UTF_8))),
            3,
            FindingsReader.MERGED);

    assertThat(findings.counts()).isEqualTo(READ.counts());
    assertThat(findings.worst()).hasSize(3);
    assertThat(findings.worst())
        .allSatisfy(it -> assertThat(it.severity()).isEqualTo(Severity.CRITICAL));
  }

  /** Halves of a document, as a scanner leaves that was ended while it wrote. */
  @Test
  void halfOfItIsUnreadable() {
    for (int length = 0; length < RECORDED.length - 1; length += 997) {
      byte[] half = Arrays.copyOf(RECORDED, length);
      assertThat(read(half, ReportFormat.SONAR).outcome())
          .as("%d bytes", length)
          .isInstanceOf(ReportOutcome.Unreadable.class);
    }
  }

  private static Map<String, Integer> perRule(JsonNode items, String member) {
    Map<String, Integer> rules = new TreeMap<>();
    items.forEach(item -> rules.merge(item.path(member).asText(), 1, Integer::sum));
    return rules;
  }

  private static JsonNode result(String rule) {
    for (JsonNode result : READ.run().path("results")) {
      if (result.path("ruleId").asText().equals(rule)) {
        return result;
      }
    }
    throw new AssertionError("no result of " + rule);
  }

  private static String text() {
    return new String(RECORDED, UTF_8);
  }
}
