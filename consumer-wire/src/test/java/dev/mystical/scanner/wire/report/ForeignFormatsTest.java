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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scanners' own formats come out as SARIF that tells the same. */
class ForeignFormatsTest {
  private static final String FINDING =
      """
      {"cwe_ids": ["89"], "id": "java_lang_sqli", "title": "SQL injection",
       "description": "## Remediation", "severity": "critical",
       "documentation_url": "https://docs.example.com/java_lang_sqli",
       "line_number": 12, "full_filename": "/scan/src/100%/A.java",
       "filename": "src/100%/A.java", "category_groups": ["PII"],
       "source": {"start": 12, "end": 12, "column": {"start": 5, "end": 9}},
       "sink": {"start": 12, "end": 13, "column": {"start": 5, "end": 31},
                "content": "query(name)"},
       "parent_line_number": 12, "snippet": "query(name)",
       "fingerprint": "abc_0", "old_fingerprint": "abc_1",
       "code_extract": "db.query(name);"}
      """;

  @Test
  void aFindingOfBearer() {
    Result read = bearer("{'findings':[%s],'source':'Bearer','version':'v2.1.0','errors':null}");
    JsonNode result = read.result();
    JsonNode physical = result.path("locations").path(0).path("physicalLocation");

    assertThat(read.summary().coverage()).isEqualTo(Coverage.FULL);
    assertThat(read.counts()).isEqualTo(FindingCounts.NONE.plus(Severity.CRITICAL));
    assertThat(result.path("ruleId").asText()).isEqualTo("java_lang_sqli");
    assertThat(result.path("level").asText()).isEqualTo("error");
    assertThat(result.path("message").path("text").asText()).isEqualTo("SQL injection");
    assertThat(physical.path("artifactLocation").path("uri").asText())
        .isEqualTo("src/100%25/A.java");
    assertThat(physical.path("region").toString())
        .isEqualTo(
            "{\"startLine\":12,\"endLine\":13,\"startColumn\":5,\"endColumn\":31,"
                + "\"snippet\":{\"text\":\"db.query(name);\"}}");
    assertThat(result.path("partialFingerprints").path("bearer/v1").asText()).isEqualTo("abc_0");
    assertThat(read.run().path("tool").path("driver").toString())
        .contains("\"Bearer\"", "\"v2.1.0\"", "external/cwe/cwe-89", "## Remediation")
        .contains("\"helpUri\":\"https://docs.example.com/java_lang_sqli\"");
    requireOurs(read);
  }

  @ParameterizedTest
  @CsvSource({
    "critical, CRITICAL",
    "high, HIGH",
    "medium, MEDIUM",
    "low, LOW",
    "warning, INFO",
    "unheard, MEDIUM"
  })
  void severitiesOfBearer(String word, Severity severity) {
    Result read = bearer("{'findings':[{'id':'a','severity':'" + word + "'}]}");

    assertThat(read.counts()).isEqualTo(FindingCounts.NONE.plus(severity));
    assertThat(read.result().path("properties").path("severity").asText())
        .isEqualTo(SecuritySeverity.word(severity));
    requireOurs(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'errors':[{'type':'file-error','filename':'A.java','error':'timeout'}],'findings':[]}",
        "{'findings':[],'errors':[{'type':'file-error','filename':'A.java','error':'timeout'}]}"
      })
  void filesThatBearerCouldNotReadAreMissing(String report) {
    Result read = bearer(report);

    assertThat(read.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(read.run().path("invocations").toString()).contains("file-error A.java: timeout");
    requireOurs(read);
  }

  @Test
  void manyTroublesAreNotAllKept() {
    Result read = bearer("{'findings':[],'errors':[" + "{'error':'e'},".repeat(5_000) + "{}]}");
    JsonNode invocation = read.run().path("invocations").path(0);

    assertThat(read.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(invocation.path("toolExecutionNotifications")).hasSize(1_001);
    assertThat(invocation.toString()).contains("and 4001 more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'findings':null}", "{'version':'v2','errors':[]}"})
  void withoutFindingsBearerHasLookedAtNothing(String report) {
    assertThat(bearer(report).coverage()).isEqualTo(Coverage.NONE);
    requireOurs(bearer(report));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                         | ``",
        "{'findings':{}}                            | /findings",
        "{'findings':[1]}                           | /findings/0",
        "{'findings':[{}]}                          | /findings/0",
        "{'findings':[{'id':1}]}                    | /findings/0/id /findings/0",
        "{'findings':[{'id':'a','severity':9}]}     | /findings/0/severity",
        "{'findings':[{'id':'a','filename':[]}]}    | /findings/0/filename",
        "{'findings':[],'errors':'none'}            | /errors",
      })
  void wrongReportsOfBearerAreUnreadable(String report, String pointers) {
    assertThat(String.join(" ", bearer(report).pointers())).isEqualTo(pointers);
  }

  private static final String ISSUE =
      """
      {"key": "AY1", "rule": "java:S2077", "severity": "MAJOR", "component": "acme:pay:src/A.java",
       "project": "acme:pay", "line": 7, "hash": "h1", "flows": [],
       "textRange": {"startLine": 7, "endLine": 8, "startOffset": 0, "endOffset": 14},
       "status": "OPEN", "message": "Do not build queries.", "type": "VULNERABILITY",
       "issueStatus": "OPEN", "tags": ["cwe"],
       "impacts": [{"softwareQuality": "RELIABILITY", "severity": "LOW"},
                   {"softwareQuality": "SECURITY", "severity": "HIGH"}]}
      """;

  @Test
  void anIssueOfSonar() {
    Result read =
        sonar(
            "{'total':1,'p':1,'ps':500,'paging':{'pageIndex':1,'pageSize':500,'total':1},"
                + "'issues':[%s],'components':[],'rules':[{'key':'java:S2077','name':'Queries'}]}");
    JsonNode physical = read.result().path("locations").path(0).path("physicalLocation");

    assertThat(read.coverage()).isEqualTo(Coverage.FULL);
    assertThat(read.counts()).isEqualTo(FindingCounts.NONE.plus(Severity.HIGH));
    assertThat(read.result().path("ruleId").asText()).isEqualTo("java:S2077");
    assertThat(physical.path("artifactLocation").path("uri").asText()).isEqualTo("src/A.java");
    assertThat(physical.path("region").toString())
        .isEqualTo("{\"startLine\":7,\"endLine\":8,\"startColumn\":1,\"endColumn\":15}");
    assertThat(read.result().path("partialFingerprints").path("sonarLineHash/v1").asText())
        .isEqualTo("h1");
    assertThat(read.run().path("tool").toString()).contains("SonarQube", "Queries");
    requireOurs(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'severity':'BLOCKER'                                            | CRITICAL",
        "'severity':'CRITICAL'                                           | HIGH",
        "'severity':'MAJOR'                                              | MEDIUM",
        "'severity':'MINOR'                                              | LOW",
        "'severity':'INFO'                                               | INFO",
        "'severity':'unheard'                                            | MEDIUM",
        "'message':'m'                                                   | MEDIUM",
        "'severity':'INFO','impacts':[]                                  | INFO",
        "'severity':'INFO','impacts':[{'severity':'BLOCKER'}]            | CRITICAL",
        "'impacts':[{'severity':'HIGH'}]                                 | HIGH",
        "'impacts':[{'severity':'LOW'},{'severity':'MEDIUM'}]            | MEDIUM",
        "'impacts':[{'severity':'INFO'}]                                 | INFO",
        "'severity':'MINOR','impacts':[{'severity':'unheard'}]           | LOW",
      })
  void severitiesOfSonar(String members, Severity severity) {
    Result read = sonar("{'issues':[{'rule':'r',%s}]}".formatted(members));

    assertThat(read.counts()).isEqualTo(FindingCounts.NONE.plus(severity));
    requireOurs(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'issueStatus':'OPEN'                                  | 1 | 1",
        "'issueStatus':'CONFIRMED'                             | 1 | 1",
        "'issueStatus':'ACCEPTED'                              | 0 | 1",
        "'issueStatus':'FALSE_POSITIVE'                        | 0 | 1",
        "'issueStatus':'FIXED'                                 | 0 | 0",
        "'status':'REOPENED'                                   | 1 | 1",
        "'status':'RESOLVED','resolution':'WONTFIX'            | 0 | 1",
        "'status':'RESOLVED','resolution':'FALSE-POSITIVE'     | 0 | 1",
        "'status':'CLOSED','resolution':'FIXED'                | 0 | 0",
        "'status':'CLOSED','resolution':'REMOVED'              | 0 | 0",
        "'type':'SECURITY_HOTSPOT','status':'TO_REVIEW'        | 0 | 1",
      })
  void statesOfSonar(String members, int findings, int results) {
    Result read = sonar("{'total':1,'issues':[{'rule':'r',%s}]}".formatted(members));

    assertThat(read.counts().total()).isEqualTo(findings);
    assertThat(read.run().path("results")).hasSize(results);
    assertThat(read.coverage()).isEqualTo(Coverage.FULL);
    requireOurs(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'component':'p:src/A.java','project':'p'     | src/A.java",
        "'component':'p:q:src/A.java'                 | src/A.java",
        "'component':'p','project':'p'                | ``",
        "'component':'p:../A.java','project':'p'      | ``",
        "'project':'p'                                | ``",
      })
  void filesOfSonar(String members, String file) {
    Result read = sonar("{'issues':[{'rule':'r','line':3,%s}]}".formatted(members));
    JsonNode location = read.result().path("locations").path(0).path("physicalLocation");

    assertThat(location.path("artifactLocation").path("uri").asText()).isEqualTo(file);
    requireOurs(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'total':2,'issues':[{'rule':'r'}]}",
        "{'issues':[{'rule':'r'}],'paging':{'total':2}}",
        "{'paging':{'total':10001},'issues':[]}"
      })
  void issuesThatAreNotToldAreMissing(String report) {
    Result read = sonar(report);

    assertThat(read.coverage()).isEqualTo(Coverage.PARTIAL);
    requireOurs(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'issues':null}", "{'total':0}"})
  void withoutIssuesSonarHasLookedAtNothing(String report) {
    assertThat(sonar(report).coverage()).isEqualTo(Coverage.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'errors':[{'msg':'no project'}],'issues':{}}     | /issues",
        "{'issues':[{}]}                                   | /issues/0",
        "{'issues':[{'rule':'r','impacts':{}}]}            | /issues/0/impacts",
        "{'issues':[{'rule':'r','issueStatus':1}]}         | /issues/0/issueStatus",
        "{'issues':[],'total':-1}                          | /total",
        "{'issues':[],'paging':{'total':'0'}}              | /paging/total",
        "{'issues':[],'paging':[]}                         | /paging",
      })
  void wrongReportsOfSonarAreUnreadable(String report, String pointers) {
    assertThat(String.join(" ", sonar(report).pointers())).isEqualTo(pointers);
  }

  @ParameterizedTest
  @CsvSource({
    "application/sarif+json, SARIF",
    "Application/SARIF+JSON; charset=utf-8, SARIF",
    "application/vnd.bearer.v2+json, BEARER",
    "application/vnd.sonar.issues+json, SONAR",
    "application/json, ",
    "'', "
  })
  void formatsHaveMediaTypes(String mediaType, ReportFormat format) {
    assertThat(ReportFormat.of(mediaType).orElse(null)).isEqualTo(format);
  }

  private static Result bearer(String report) {
    return foreign(report.replace("%s", FINDING), ReportFormat.BEARER);
  }

  private static Result sonar(String report) {
    return foreign(report.replace("%s", ISSUE), ReportFormat.SONAR);
  }

  private static Result foreign(String report, ReportFormat format) {
    return read(report.replace('\'', '"').getBytes(UTF_8), format);
  }
}
