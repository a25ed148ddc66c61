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

/** What Bearer writes in the ends that it can come to, and what nobody should have written. */
class BearerReportTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Without findings Bearer's list is nil, and so is that of its errors in some versions.
        "{'source':'Bearer','version':'2.1.0','findings':null,'errors':[]}        | FULL",
        "{'source':'Bearer','version':'2.1.0','findings':null,'errors':null}      | FULL",
        "{'source':'Bearer','version':'2.1.0','findings':null}                    | FULL",
        "{'findings':null,'errors':[],'version':'2.1.0','source':'Bearer'}        | FULL",
        "{'source':'Bearer','version':'2.1.0','findings':null,'errors':[{}]}      | PARTIAL",
        "{'source':'Bearer','version':'2.1.0','findings':[],'errors':[]}          | FULL",
        "{'source':'Bearer','version':'2.1.0','errors':[]}                        | NONE",
        "{'source':'Bearer','version':'','findings':null,'errors':[]}             | NONE",
        "{'source':'Bearer','findings':null,'errors':[]}                          | NONE",
        "{'source':'other','version':'2.1.0','findings':null,'errors':[]}         | NONE",
        "{'version':'2.1.0','findings':null,'errors':[]}                          | NONE",
        "{'findings':null}                                                        | NONE",
      })
  void noFindings(String report, Coverage coverage) {
    Result read = bearer(report);

    assertThat(read.coverage()).isEqualTo(coverage);
    assertThat(read.counts()).isEqualTo(FindingCounts.NONE);
    requireOurs(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'source':'Bearer','version':'2.1.0','findings':null,'findings':[{'id':'a'}]}",
        "{'source':'Bearer','version':'2.1.0','findings':[{'id':'a'}],'findings':null}",
        "{'source':'Bearer','version':'2.1.0','findings':null,'findings':null}",
        "{'source':'Bearer','version':'2.1.0','findings':[",
        "{'source':'Bearer','version':'2.1.0','findings':[]",
        "{'source':'Bearer','version':'2.1.0','findings':[{'id':'a'},null]}",
        "{'source':'Bearer','version':'2.1.0','findings':[]}{}",
        "couldn't find any files to scan",
        "",
      })
  void halvesAndDoublesAreUnreadable(String report) {
    assertThat(bearer(report).problems()).isNotEmpty();
  }

  @Test
  void findingWithoutRuleTextsIsOne() {
    // --no-rule-meta leaves these empty; without a location its numbers are left out.
    Result read =
        bearer(
            "{'source':'Bearer','version':'2.1.0','findings':[{'id':'ruby_lang_ssl','title':'',"
                + "'description':'','documentation_url':'','cwe_ids':null,'severity':'low',"
                + "'filename':'app/a.rb','source':{},'sink':{'content':''},"
                + "'fingerprint':'d3_0','old_fingerprint':'d3_4'}],'errors':[]}");
    JsonNode place = read.result().path("locations").path(0).path("physicalLocation");

    assertThat(read.counts()).isEqualTo(FindingCounts.NONE.plus(Severity.LOW));
    assertThat(read.result().path("message").path("text").asText()).isEqualTo("ruby_lang_ssl");
    assertThat(place.path("artifactLocation").path("uri").asText()).isEqualTo("app/a.rb");
    assertThat(place.has("region")).isFalse();
    assertThat(read.run().path("tool").toString()).doesNotContain("helpUri", "tags");
    requireOurs(read);
  }

  @Test
  void severityIsThatOfTheFinding() {
    // Bearer raises it where sensitive data is at stake, so one rule has several.
    Result read =
        bearer(
            "{'findings':[{'id':'a','severity':'critical','cwe_ids':['532','209']},"
                + "{'id':'a','severity':'low','cwe_ids':['532','209']}]}");

    assertThat(read.counts())
        .isEqualTo(FindingCounts.NONE.plus(Severity.CRITICAL).plus(Severity.LOW));
    assertThat(read.run().at("/tool/driver/rules")).hasSize(1);
    assertThat(read.run().at("/tool/driver/rules/0/properties/tags").toString())
        .isEqualTo("[\"external/cwe/cwe-532\",\"external/cwe/cwe-209\"]");
    requireOurs(read);
  }

  @Test
  void expectedFindingsAreNone() {
    Result read =
        bearer(
            "{'source':'Bearer','version':'2.1.0','findings':null,'errors':[],"
                + "'expected_findings':[{'rule_id':'a','location':{'start':1,'end':1}}]}");

    assertThat(read.counts()).isEqualTo(FindingCounts.NONE);
    requireOurs(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'filename':'../../etc/passwd','line_number':1",
        "'filename':'a\\nb.js','line_number':-1",
        "'filename':'a.js','sink':{'start':0,'end':0,'column':{'start':0,'end':0}}",
        "'filename':'a.js','sink':{'start':9,'end':2,'column':{'start':9,'end':2}}",
        "'filename':'a.js','line_number':99999999999999999999",
        "'filename':'a.js','sink':[]",
        "'filename':'a.js','documentation_url':'no address'",
        "'filename':'a.js','title':'\\u0000\\u202e<script>alert(1)</script>'",
        "'filename':'a.js','cwe_ids':['89','89',null,{},' ']",
        "'filename':'a.js','fingerprint':''",
        "'filename':'a.js','code_extract':'\\ud800'",
      })
  void nonsenseLeavesAGoodFinding(String members) {
    Result read = bearer("{'findings':[{'id':'a','severity':'high',%s}]}".formatted(members));

    assertThat(read.counts()).isEqualTo(FindingCounts.NONE.plus(Severity.HIGH));
    assertThat(read.result().toString()).doesNotContain("..", "\\u0000", "\u202e");
    requireOurs(read);
  }

  private static Result bearer(String report) {
    return read(report.replace('\'', '"').getBytes(UTF_8), ReportFormat.BEARER);
  }
}
