package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {

  private static final String RULES =
      """
      {"id": "NOTED", "defaultConfiguration": {"level": "note"},
       "messageStrings": {"default": {"text": "The use of {0} in {1} is bad."}}},
      {"id": "SCORED", "properties": {"security-severity": "9.8"}},
      {"id": "BARE"}
      """;

  @TempDir private Path folder;

  @Test
  void levelOfTheResultComesFirst() throws IOException {
    assertThat(one("{\"ruleId\": \"NOTED\", \"level\": \"error\"}").severity())
        .isEqualTo(Severity.HIGH);
  }

  @Test
  void levelOfTheRuleIsTheDefault() throws IOException {
    assertThat(one("{\"ruleId\": \"NOTED\"}").severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void noLevelAnywhereIsAWarning() throws IOException {
    assertThat(one("{\"ruleId\": \"BARE\"}").severity()).isEqualTo(Severity.MEDIUM);
    assertThat(one("{\"ruleId\": \"UNKNOWN\"}").severity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void scoreOfTheRuleWinsOverLevels() throws IOException {
    assertThat(one("{\"ruleId\": \"SCORED\", \"level\": \"note\"}").severity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void scoresFallIntoTheBandsOfCvss() {
    assertThat(Severity.ofScore(9)).isEqualTo(Severity.CRITICAL);
    assertThat(Severity.ofScore(8.9)).isEqualTo(Severity.HIGH);
    assertThat(Severity.ofScore(7)).isEqualTo(Severity.HIGH);
    assertThat(Severity.ofScore(6.9)).isEqualTo(Severity.MEDIUM);
    assertThat(Severity.ofScore(4)).isEqualTo(Severity.MEDIUM);
    assertThat(Severity.ofScore(3.9)).isEqualTo(Severity.LOW);
    assertThat(Severity.ofScore(0)).isEqualTo(Severity.INFO);
  }

  @Test
  void ruleMayBeNamedByItsPlaceInTheList() throws IOException {
    Finding finding = one("{\"ruleIndex\": 1}");

    assertThat(finding.rule()).isEqualTo("SCORED");
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void wordsAreFilledIntoTheRulesSentence() throws IOException {
    Finding finding =
        one(
            """
            {"ruleId": "NOTED",
             "message": {"id": "default", "text": "a title", "arguments": ["MD5", "Secrets"]}}
            """);

    assertThat(finding.message()).isEqualTo("The use of MD5 in Secrets is bad.");
  }

  @Test
  void placeIsFileAndLine() throws IOException {
    Finding finding =
        one(
            """
            {"ruleId": "BARE", "message": {"text": "bad"}, "locations": [{"physicalLocation":
              {"artifactLocation": {"uri": "src/A.java"}, "region": {"startLine": 7}}}]}
            """);

    assertThat(finding.place()).isEqualTo("src/A.java:7");
    assertThat(finding.message()).isEqualTo("bad");
    assertThat(finding.tool()).isEqualTo("Tool");
    assertThat(one("{\"ruleId\": \"BARE\"}").place()).isEqualTo("-");
  }

  @Test
  void worstComesFirst() throws IOException {
    Findings findings =
        read(
            """
            {"ruleId": "NOTED"}, {"ruleId": "BARE"}, {"ruleId": "SCORED"}
            """);

    assertThat(findings.all()).extracting(Finding::rule).containsExactly("SCORED", "BARE", "NOTED");
    assertThat(findings.count(Severity.MEDIUM)).isEqualTo(1);
  }

  @Test
  void reportOfABrokenScanHasNoFindingsToShow() throws IOException {
    Path report =
        Files.writeString(
            folder.resolve("report.sarif"), "{\"version\": \"2.1.0\", \"runs\": [{}]}");

    assertThatThrownBy(() -> Findings.read(report))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no results");
  }

  private Finding one(String result) throws IOException {
    return read(result).all().getFirst();
  }

  private Findings read(String results) throws IOException {
    return Findings.read(
        Files.writeString(
            folder.resolve("report.sarif"),
            """
            {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Tool", "rules": [%s]}},
              "results": [%s]}]}
            """
                .formatted(RULES, results)));
  }
}
