package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.wire.report.Reports.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SonarQube tells beside its issues' places and severities. */
class SonarFormatTest {
  private static String step(String message, int line) {
    return "{'component':'p:src/B.java','msg':'%s','textRange':{'startLine':%d,'endLine':%d}}"
        .formatted(message, line, line);
  }

  private static Result issue(String members) {
    return sonar("{'issues':[{'rule':'r','component':'p:A.java','project':'p'," + members + "}]}");
  }

  private static Result sonar(String report) {
    Result read = read(report.replace('\'', '"').getBytes(UTF_8), ReportFormat.SONAR);
    if (read.outcome() instanceof ReportOutcome.Read) {
      requireOurs(read);
    }
    return read;
  }

  @Test
  void oneLongFlowMakesAllOfThemWays() {
    JsonNode result =
        issue(
                "'flows':[{'locations':[%s,%s],'description':'a way'},{'locations':[%s]}]"
                    .formatted(step("end", 3), step("begin", 2), step("short", 9)))
            .result();

    assertThat(result.has("relatedLocations")).isFalse();
    assertThat(result.path("codeFlows")).hasSize(2);
    JsonNode first = result.path("codeFlows").path(0);
    assertThat(first.path("message").path("text").asText()).isEqualTo("a way");
    assertThat(first.path("threadFlows").path(0).path("locations").findValuesAsText("text"))
        .containsExactly("begin", "end");
  }

  @Test
  void shortFlowsAreFurtherPlaces() {
    JsonNode result =
        issue(
                "'flows':[{'locations':[%s]},{'locations':[%s]},{'locations':[]},{}]"
                    .formatted(step("one", 3), step("two", 2)))
            .result();

    assertThat(result.has("codeFlows")).isFalse();
    assertThat(result.path("relatedLocations").findValuesAsText("text"))
        .containsExactly("one", "two");
    assertThat(result.path("relatedLocations").findValuesAsText("uri"))
        .containsExactly("src/B.java", "src/B.java");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'flows':[]",
        "'flows':null",
        "'flows':[{'locations':[{}]}]",
        "'flows':[{'locations':[{},{}]}]",
        "'flows':[{'locations':[{'component':'p'}]}]",
        "'flows':'none'",
        "'flows':[1,{'locations':{}}]",
      })
  void flowsWithoutPlacesAreNone(String members) {
    JsonNode result = issue(members).result();

    assertThat(result.has("codeFlows")).isFalse();
    assertThat(result.has("relatedLocations")).isFalse();
  }

  @Test
  void flowsThatLeadOutOfTheSourceHaveNoPlace() {
    JsonNode result =
        issue(
                "'flows':[{'locations':[{'component':'p:../../etc/passwd','msg':'m'}]},"
                    + "{'locations':[{'component':'p:a\\u0000b','msg':'n'}]}]")
            .result();

    assertThat(result.toString()).doesNotContain("passwd").contains("\"m\"");
  }

  @Test
  void flowsThatAreTooLargeAreLeftOutAndTheIssueIsTold() {
    Result read =
        issue("'flows':[{'locations':[%s{}]}]".formatted((step("s", 1) + ",").repeat(9_000)));

    assertThat(read.coverage()).isEqualTo(Coverage.FULL);
    assertThat(read.counts().total()).isEqualTo(1);
    assertThat(read.result().has("codeFlows")).isFalse();
    assertThat(read.result().path("properties").path(Cleaner.LEFT_OUT).toString())
        .isEqualTo("[\"flows\"]");
  }

  @Test
  void propertiesOfAnIssueAreKept() {
    JsonNode properties =
        issue("'key':'AY1','type':'BUG','effort':'5min','tags':['cwe','cwe','cert']")
            .result()
            .path("properties");

    assertThat(properties.path("sonarqube/key").asText()).isEqualTo("AY1");
    assertThat(properties.path("sonarqube/type").asText()).isEqualTo("BUG");
    assertThat(properties.path("sonarqube/effort").asText()).isEqualTo("5min");
    assertThat(properties.path("tags").toString()).isEqualTo("[\"cwe\",\"cert\"]");
  }

  @Test
  void whatWasNotLookedAtIsMissing() {
    Result read = sonar("{'errors':[{'msg':'Unable to parse file: a.py'}],'issues':[],'total':0}");

    assertThat(read.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(read.run().path("invocations").toString()).contains("Unable to parse file: a.py");
  }

  @Test
  void refusalOfTheServerIsNoCleanScan() {
    Result read = sonar("{'errors':[{'msg':'Insufficient privileges'}]}");

    assertThat(read.coverage()).isEqualTo(Coverage.NONE);
    assertThat(read.run().toString()).contains("Insufficient privileges");
  }

  @Test
  void tenThousandIssuesAreNotAllThereAre() {
    Result read = sonar("{'total':35955,'issues':[{'rule':'r'}]}");

    assertThat(read.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(read.run().path("invocations").toString()).contains("only 1 of 35955 issues");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "'OK'", "[]", "{'status':1}", "{'conditions':{}}", "null"})
  void gateThatIsNoneChangesNothing(String gate) {
    Result read = sonar("{'issues':[{'rule':'r'}],'qualityGate':" + gate + "}");

    assertThat(read.coverage()).isEqualTo(Coverage.FULL);
    assertThat(read.counts().total()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'issues':[],'errors':'none'}              | /errors",
        "{'issues':[],'errors':[{}]}                | /errors/0",
        "{'issues':[],'errors':[{'msg':1}]}         | /errors/0",
        "{'issues':[],'issues':[]}                  | /issues",
        "{'issues':[{'rule':'r','rule':'s'}]}       | /issues/0/rule",
      })
  void wrongReportsAreUnreadable(String report, String pointers) {
    assertThat(String.join(" ", sonar(report).pointers())).isEqualTo(pointers);
  }
}
