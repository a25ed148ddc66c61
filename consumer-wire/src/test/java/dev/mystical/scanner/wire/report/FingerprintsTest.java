package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static dev.mystical.scanner.wire.report.Reports.results;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.wire.report.Reports.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A finding keeps its fingerprint while lines and machines change, and no two share one. */
class FingerprintsTest {
  private static final String FINDING =
      "{'ruleId':'%s','message':{'text':'%s'},'locations':[{'physicalLocation':"
          + "{'artifactLocation':{'uri':'%s'},'region':{'startLine':%d%s}}}]}";

  @Test
  void linesAndMachinesDoNotMatter() {
    String one = only(FINDING.formatted("a", "m at line 12", "file:///scan/A.java", 12, ""));

    assertThat(only(FINDING.formatted("a", "m at line 340", "A.java", 340, ""))).isEqualTo(one);
    assertThat(only(FINDING.formatted("a", "m  at\\nline 12", "./A.java", 1, ""))).isEqualTo(one);
  }

  @Test
  void codeGoesBeforeWords() {
    String code = ",'snippet':{'text':'  int x = 1;\\n'}";
    String one = only(FINDING.formatted("a", "this", "A.java", 1, code));

    assertThat(only(FINDING.formatted("a", "that", "A.java", 2, code))).isEqualTo(one);
    assertThat(
            only(FINDING.formatted("a", "this", "A.java", 1, code.replace("  int x", "\\tint  x"))))
        .isEqualTo(one);
    assertThat(only(FINDING.formatted("a", "this", "A.java", 1, code.replace('1', '2'))))
        .isNotEqualTo(one);
  }

  @Test
  void ruleFileAndWordsMatter() {
    assertThat(
            List.of(
                only(FINDING.formatted("a", "m", "A.java", 1, "")),
                only(FINDING.formatted("b", "m", "A.java", 1, "")),
                only(FINDING.formatted("a", "n", "A.java", 1, "")),
                only(FINDING.formatted("a", "m", "B.java", 1, ""))))
        .doesNotHaveDuplicates();
  }

  @Test
  void theSameAgainIsAnother() {
    String finding = FINDING.formatted("a", "m", "A.java", 1, "");
    String moved = FINDING.formatted("a", "m", "A.java", 9, "");
    List<String> three = all(read(results(finding, finding, moved)));

    assertThat(three).hasSize(3).doesNotHaveDuplicates();
    assertThat(all(read(results(moved, finding)))).isEqualTo(three.subList(0, 2));
  }

  @Test
  void fingerprintsOfOthersStay() {
    Result read =
        read(
            results(
                "{'message':{'text':'m'},'fingerprints':{'x/v1':'1'},"
                    + "'partialFingerprints':{'y':'2','mysticalScanner/v1':'forged'}}"));

    assertThat(read.result().path("fingerprints").path("x/v1").asText()).isEqualTo("1");
    assertThat(read.result().path("partialFingerprints").path("y").asText()).isEqualTo("2");
    assertThat(all(read)).doesNotContain("forged");
    requireOurs(read);
  }

  /** They are stored by clients: what goes into them is part of the contract. */
  @Test
  void fingerprintsStayTheSameFromVersionToVersion() {
    assertThat(only(FINDING.formatted("java:S1", "Remove 2 calls.", "src/A.java", 7, "")))
        .isEqualTo("0c7c6ee19f1f3bd0ee9a3c75037a525985f291ddf9ddba2a2c896e87ca95057e");
  }

  private static String only(String finding) {
    return all(read(results(finding))).getFirst();
  }

  private static List<String> all(Result read) {
    List<String> all = new ArrayList<>();
    read.run()
        .path("results")
        .forEach(it -> all.add(it.path("partialFingerprints").path("mysticalScanner/v1").asText()));
    return all;
  }
}
