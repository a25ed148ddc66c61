package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static dev.mystical.scanner.wire.report.Reports.result;
import static dev.mystical.scanner.wire.report.Reports.results;
import static dev.mystical.scanner.wire.report.Reports.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.wire.report.Reports.Result;
import org.junit.jupiter.api.Test;

/** What is kept of a report, what is not, and in what form. */
class ReportFormTest {
  /** All that is said of validity rests on this. */
  @Test
  void theYardstickMeasures() {
    assertThat(Reports.isValid(results(result()).replace('\'', '"'))).isTrue();
    for (String wrong :
        new String[] {
          "{'version':'2.1.0'}",
          results("{}"),
          results(result("'level':'bad'")),
          results(result("'unknown':1")),
          results(result("'guid':'1'")),
          results(result("'locations':[{'physicalLocation':{}}]")),
          run("'artifacts':[{'length':1,'offset':2},{'offset':2,'length':1}]"),
        }) {
      assertThat(Reports.isValid(wrong.replace('\'', '"'))).as(wrong).isFalse();
    }
  }

  @Test
  void bodiesAndSecretsOfMachinesAreLeftOut() {
    Result read =
        read(
            run(
                "'results':[]",
                "'artifacts':[{'location':{'uri':'a'},'length':3,'hashes':{'sha-256':'h'},"
                    + "'contents':{'text':'hunter2'}}]",
                "'conversion':{'tool':{'driver':{'name':'hunter2'}}}",
                "'specialLocations':{'displayBase':{'uri':'file:///hunter2'}}",
                """
                'invocations': [{'executionSuccessful': true, 'exitCode': 0,
                  'commandLine': 'scan --password hunter2', 'arguments': ['hunter2'],
                  'environmentVariables': {'TOKEN': 'hunter2'}, 'machine': 'hunter2',
                  'account': 'hunter2', 'processId': 7, 'stdout': {'uri': 'hunter2'},
                  'executableLocation': {'uri': 'file:///hunter2'},
                  'startTimeUtc': '2026-11-23T00:00:00Z'}]
                """));

    assertThat(read.written()).doesNotContain("hunter2");
    assertThat(read.run().path("artifacts").path(0).path("length").asInt()).isEqualTo(3);
    assertThat(read.run().path("artifacts").path(0).path("hashes").path("sha-256").asText())
        .isEqualTo("h");
    assertThat(read.run().path("invocations").path(0).path("startTimeUtc").asText())
        .isEqualTo("2026-11-23T00:00:00Z");
    requireOurs(read);
  }

  @Test
  void whatTheStandardDoesNotKnowIsLeftOut() {
    Result read =
        read(
            results(
                result(
                    "'unknown':{'deep':[1,2,{}]}",
                    "'rank':101",
                    "'guid':'no guid'",
                    "'occurrenceCount':0",
                    "'hostedViewerUri':'javascript:alert(1)'",
                    "'workItemUris':['https://me:pw@example.com/1','nonsense']",
                    "'locations':[{'physicalLocation':{'artifactLocation':{'uri':'a'},"
                        + "'region':{'startLine':0,'startColumn':4}}}]",
                    "'relatedLocations':[{'id':1},{'id':1},{'id':2}]",
                    "'codeFlows':[{'threadFlows':[]},{'threadFlows':[{'locations':[{}]}]}]")));
    JsonNode result = read.result();

    assertThat(result.has("unknown")).isFalse();
    assertThat(result.has("rank")).isFalse();
    assertThat(result.has("guid")).isFalse();
    assertThat(result.has("occurrenceCount")).isFalse();
    assertThat(result.has("hostedViewerUri")).isFalse();
    assertThat(result.path("workItemUris").toString()).isEqualTo("[\"https://example.com/1\"]");
    assertThat(result.path("locations").path(0).path("physicalLocation").has("region")).isFalse();
    assertThat(result.path("relatedLocations")).hasSize(2);
    assertThat(result.path("codeFlows")).hasSize(1);
    requireOurs(read);
  }

  @Test
  void textsHaveNoControlCharacters() {
    Result read =
        read(
            results(
                result(
                    "'ruleId':'r\\u001b[31m'",
                    "'properties':{'a\\u0000b':'c\\u202ed','\\u2066':1}",
                    "'locations':[{'message':{'text':'one\\r\\ntwo\\rthree\\tfour\\u0007\\ud800'}}]")));

    assertThat(read.result().path("ruleId").asText()).isEqualTo("r[31m");
    assertThat(read.result().path("properties").path("ab").asText()).isEqualTo("cd");
    assertThat(read.result().path("locations").path(0).path("message").path("text").asText())
        .isEqualTo("one\ntwo\nthree\tfour");
    requireOurs(read);
  }

  @Test
  void longTextsAreCut() {
    Result read = read(results(result("'ruleId':'%s'".formatted("😀".repeat(20_000)))));

    assertThat(read.result().path("ruleId").asText())
        .hasSizeLessThanOrEqualTo(Texts.LONGEST)
        .startsWith("😀")
        .endsWith("😀…");
    requireOurs(read);
  }

  /** §3.7.3: rules and others are found by their place, so none may be dropped for being twice. */
  @Test
  void equalItemsStayAndAreToldApart() {
    String rule = "{'id':'a','properties':{'x':1,'y':[{'p':1,'q':2}]}}";
    String same = "{'properties':{'y':[{'q':2,'p':1}],'x':1},'id':'a'}";
    Result read =
        read(
            ("{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'t','rules':[%s,%s,%s,{'id':'b'}]},"
                    + "'extensions':[{'name':'e'},{'name':'e'},{'properties':{'mysticalScanner/copy':1},"
                    + "'name':'e'},{'name':'f'}]},"
                    + "'artifacts':[{},{},{'contents':{'text':'x'}}],'results':[%s]}]}")
                .formatted(rule, same, rule, result("'ruleIndex':3")));

    assertThat(read.run().path("tool").path("driver").path("rules")).hasSize(4);
    assertThat(read.run().path("tool").path("extensions")).hasSize(4);
    assertThat(read.run().path("artifacts")).hasSize(3);
    assertThat(read.result().path("ruleId").asText()).isEqualTo("b");
    requireOurs(read);
  }

  @Test
  void detailsThatAreTooMuchAreLeftOutAndSaidSo() {
    String flow =
        "{'threadFlows':[{'locations':[%s{}]}]}".formatted("{'location':{'id':1}},".repeat(30_000));
    Result read =
        read(
            results(
                result(
                    "'codeFlows':[%s]".formatted(flow),
                    "'ruleId':'r'",
                    "'relatedLocations':[{}]")));

    assertThat(read.result().path("ruleId").asText()).isEqualTo("r");
    assertThat(read.result().has("codeFlows")).isFalse();
    assertThat(read.result().path("properties").path("mysticalScanner/leftOut").toString())
        .isEqualTo("[\"codeFlows\",\"relatedLocations\"]");
    requireOurs(read);
  }

  @Test
  void numbersStayNumbers() {
    Result read =
        read(
            results(
                result(
                    "'rank':33.30",
                    "'properties':{'a':1,'b':1.0,'c':-0.5e3,'d':123456789012345678901234567890,"
                        + "'e':1e999,'f':9007199254740993,'g':null,'h':[true,{}]}")));

    assertThat(read.result().path("rank").toString()).isEqualTo("33.3");
    assertThat(read.result().path("properties").path("a").toString()).isEqualTo("1");
    assertThat(read.result().path("properties").path("f").toString()).isEqualTo("9007199254740993");
    assertThat(read.result().path("properties").has("e")).isFalse();
    requireOurs(read);
  }

  @Test
  void emptyMembersAreAbsent() {
    Result read = read(results(result("'level':null", "'kind':null", "'locations':null")));

    assertThat(read.counts().medium()).isEqualTo(1);
    assertThat(read.result().has("locations")).isFalse();
    requireOurs(read);
  }

  @Test
  void aByteOrderMarkIsNoFault() {
    byte[] log = ("\ufeff" + results().replace('\'', '"')).getBytes(UTF_8);

    assertThat(read(log, ReportFormat.SARIF).counts().total()).isZero();
  }

  @Test
  void contentsAreMeasured() {
    byte[] log = results().replace('\'', '"').getBytes(UTF_8);
    Result read = read(log, ReportFormat.SARIF);
    ReportOutcome.Read outcome = (ReportOutcome.Read) read.outcome();

    assertThat(outcome.received())
        .isEqualTo(new Content(Sha256.start().updated(log).hex(), log.length));
    byte[] written = read.written().getBytes(UTF_8);
    assertThat(outcome.written())
        .isEqualTo(new Content(Sha256.start().updated(written).hex(), written.length));
    assertThat(read.written()).startsWith("{\"$schema\":\"https://").endsWith("]}]}");
  }

  /** Taxonomies, policies and the rest of what a run may have go through unharmed. */
  @Test
  void aRichRunKeepsItsParts() {
    Result read =
        read(
            run(
                "'results':[%s]"
                    .formatted(
                        result(
                            "'taxa':[{'id':'79','toolComponent':{'name':'CWE','index':0}}]",
                            "'fixes':[{'artifactChanges':[{'artifactLocation':{'uri':'a'},"
                                + "'replacements':[{'deletedRegion':{'startLine':1},"
                                + "'insertedContent':{'text':'x','binary':'eA=='}}]}]}]",
                            "'webRequest':{'method':'GET','headers':{'Cookie':'hunter2'}}")),
                "'taxonomies':[{'name':'CWE','taxa':[{'id':'79'}],'isComprehensive':false}]",
                "'automationDetails':{'id':'ci/1'}",
                "'versionControlProvenance':[{'repositoryUri':'https://me:pw@example.com/r.git',"
                    + "'revisionId':'abc'},{'repositoryUri':'nowhere'}]",
                "'columnKind':'utf16CodeUnits'",
                "'logicalLocations':[{'name':'f','kind':'function'}]"));

    assertThat(read.run().path("taxonomies").path(0).path("taxa")).hasSize(1);
    assertThat(read.run().path("automationDetails").path("id").asText()).isEqualTo("ci/1");
    assertThat(read.run().path("versionControlProvenance").toString())
        .isEqualTo("[{\"repositoryUri\":\"https://example.com/r.git\",\"revisionId\":\"abc\"}]");
    assertThat(read.run().path("columnKind").asText()).isEqualTo("utf16CodeUnits");
    assertThat(read.result().path("taxa")).hasSize(1);
    assertThat(read.result().path("fixes").toString())
        .contains("\"text\":\"x\"")
        .doesNotContain("eA");
    assertThat(read.written()).doesNotContain("hunter2");
    requireOurs(read);
  }
}
