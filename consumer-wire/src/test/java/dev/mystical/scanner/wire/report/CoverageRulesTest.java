package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static dev.mystical.scanner.wire.report.Reports.result;
import static dev.mystical.scanner.wire.report.Reports.results;
import static dev.mystical.scanner.wire.report.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.report.Verdict;
import dev.mystical.scanner.wire.report.Reports.Result;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broken scan is never a clean one: what a report says of how much was looked at. */
class CoverageRulesTest {
  private static final String TOOL = "'tool':{'driver':{'name':'t'}}";
  private static final String DONE = "{'executionSuccessful':true}";
  private static final String BROKEN = "{'executionSuccessful':false}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'version':'2.1.0','runs':[]}",
        "{'version':'2.1.0','runs':null}",
        "{'version':'2.1.0','runs':[{" + TOOL + "}]}",
        "{'version':'2.1.0','runs':[{" + TOOL + ",'results':null}]}",
        "{'version':'2.1.0','runs':[{" + TOOL + ",'results':[],'invocations':[" + BROKEN + "]}]}",
        "{'version':'2.1.0','runs':[{'invocations':["
            + BROKEN
            + ","
            + BROKEN
            + "],'results':[],"
            + TOOL
            + "}]}",
        "{'version':'2.1.0','runs':[{"
            + TOOL
            + ",'results':[],'invocations':[{'executionSuccessful':false,"
            + "'processStartFailureMessage':'no such file'}]}]}",
        "{'version':'2.1.0','runs':[{"
            + TOOL
            + ",'externalPropertyFileReferences':{'results':[{'location':{'uri':'r.json'}}]}}]}",
        "{'version':'2.1.0','runs':[],'inlineExternalProperties':[{'results':[]}]}",
      })
  void nothingWasLookedAt(String log) {
    Result read = read(log);

    assertThat(read.coverage()).isEqualTo(Coverage.NONE);
    for (FailOn failOn : FailOn.values()) {
      assertThat(Verdict.ofRun(Optional.of(read.summary()), failOn)).isEqualTo(Verdict.UNKNOWN);
    }
    requireOurs(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'results':[],'invocations':[" + DONE + "," + BROKEN + "]",
        "'results':[],'invocations':[{'executionSuccessful':true,"
            + "'toolExecutionNotifications':[{'level':'error','message':{'text':'m'}}]}]",
        "'results':[],'invocations':[{'executionSuccessful':true,"
            + "'toolConfigurationNotifications':[{'level':'error','message':{'text':'m'}}]}]",
        "'results':[],'externalPropertyFileReferences':{'results':[{'location':{'uri':'r.json'}}]}",
        "'results':[],'properties':{'mysticalScanner/coverage':'partial'}",
      })
  void somethingIsMissing(String members) {
    Result read = read(run(members));

    assertThat(read.coverage()).isEqualTo(Coverage.PARTIAL);
    for (FailOn failOn : FailOn.values()) {
      assertThat(Verdict.ofRun(Optional.of(read.summary()), failOn)).isEqualTo(Verdict.UNKNOWN);
    }
    requireOurs(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'results':[]",
        "'results':[],'invocations':[]",
        "'results':[],'invocations':[" + DONE + "]",
        "'results':[],'invocations':[{'executionSuccessful':true,'exitCode':1}]",
        "'results':[],'invocations':[{'executionSuccessful':true,"
            + "'toolExecutionNotifications':[{'message':{'text':'m'}},"
            + "{'level':'warning','message':{'text':'m'}}]}]",
        "'results':[],'externalPropertyFileReferences':{}",
        "'results':[],'properties':{'mysticalScanner/coverage':'what?'}",
      })
  void everythingWasLookedAt(String members) {
    Result read = read(run(members));

    assertThat(read.coverage()).isEqualTo(Coverage.FULL);
    assertThat(Verdict.ofRun(Optional.of(read.summary()), FailOn.LOW)).isEqualTo(Verdict.PASS);
    requireOurs(read);
  }

  /** §3.58.6 with the procedure of §3.27.10. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'descriptor':{'id':'bad'}                    | PARTIAL",
        "'descriptor':{'index':0}                     | PARTIAL",
        "'descriptor':{'id':'mild'}                   | FULL",
        "'descriptor':{'id':'raised'}                 | PARTIAL",
        "'descriptor':{'id':'unknown'}                | FULL",
        "'descriptor':{'id':'bad'},'level':'note'     | FULL",
      })
  void notificationsHaveDefaultLevelsToo(String members, Coverage coverage) {
    Result read =
        read(
            """
            {'version': '2.1.0', 'runs': [{
              'results': [],
              'invocations': [{
                'executionSuccessful': true,
                'toolExecutionNotifications': [{'message': {'text': 'm'}, %s}],
                'notificationConfigurationOverrides': [
                  {'descriptor': {'id': 'raised'}, 'configuration': {'level': 'error'}}]}],
              'tool': {'driver': {'name': 't', 'notifications': [
                {'id': 'bad', 'defaultConfiguration': {'level': 'error'}},
                {'id': 'mild', 'defaultConfiguration': {'level': 'note'}},
                {'id': 'raised'}]}}}]}
            """
                .formatted(members));

    assertThat(read.coverage()).isEqualTo(coverage);
    requireOurs(read);
  }

  @Test
  void runsAddUp() {
    String good = "{%s,'results':[]}".formatted(TOOL);
    String none = "{%s}".formatted(TOOL);
    String log = "{'version':'2.1.0','runs':[%s,%s]}";

    assertThat(read(log.formatted(good, good)).coverage()).isEqualTo(Coverage.FULL);
    assertThat(read(log.formatted(good, none)).coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(read(log.formatted(none, none)).coverage()).isEqualTo(Coverage.NONE);
    requireOurs(read(log.formatted(none, good)));
  }

  @Test
  void findingsOfABrokenScanStillCount() {
    Result read =
        read(run("'invocations':[%s]".formatted(BROKEN), "'results':[%s]".formatted(result())));

    assertThat(read.counts().medium()).isEqualTo(1);
    assertThat(Verdict.ofRun(Optional.of(read.summary()), FailOn.MEDIUM)).isEqualTo(Verdict.FAIL);
    assertThat(Verdict.ofRun(Optional.of(read.summary()), FailOn.HIGH)).isEqualTo(Verdict.UNKNOWN);
    assertThat(Verdict.ofRun(Optional.of(read.summary()), FailOn.NONE)).isEqualTo(Verdict.UNKNOWN);
  }

  /** PMD tells of a file that it cannot parse so, beside what it found in all others. */
  @ParameterizedTest
  @ValueSource(strings = {BROKEN, BROKEN + "," + BROKEN})
  void whereSomethingWasFoundSomethingWasLookedAt(String invocations) {
    String broken = "'invocations':[%s]".formatted(invocations);
    String results = "'results':[%s]".formatted(result());

    Result read = read(run(broken, results));
    assertThat(read.coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(read(run(results, broken)).coverage()).isEqualTo(Coverage.PARTIAL);
    assertThat(read(run(broken, "'results':[]")).coverage()).isEqualTo(Coverage.NONE);
    requireOurs(read);
  }

  /** What decides must be told, and told in the standard's words. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                              | /version /runs",
        "{'version':'2.0.0','runs':[]}                   | /version",
        "{'version':2.1,'runs':[]}                       | /version",
        "{'version':'2.1.0','runs':{}}                   | /runs",
        "{'version':'2.1.0','runs':'[]'}                 | /runs",
        "{'version':'2.1.0','runs':[null]}               | /runs/0",
        "{'version':'2.1.0','runs':[[]]}                 | /runs/0",
        "{'version':'2.1.0','runs':[{'results':[]}]}     | /runs/0/tool",
        "{'version':'2.1.0','runs':[],'runs':[]}         | /runs",
        "{'version':'2.1.0','version':'2.1.0','runs':[]} | /version",
        "{'version':'2.1.0','runs':[{'tool':{}}]}        | /runs/0/tool/driver",
        "{'version':'2.1.0','runs':[{'tool':{'driver':{}}}]}      | /runs/0/tool/driver/name",
        "{'version':'2.1.0','runs':[{'tool':{'driver':'t'}}]}     | /runs/0/tool/driver",
        "{'version':'2.1.0','runs':[{'tool':{'driver':{'name':1}}}]} | /runs/0/tool/driver/name",
        "[]                                              | ``",
        "null                                            | ``",
        "'2.1.0'                                         | ``",
      })
  void whatIsNoLogIsUnreadable(String log, String pointers) {
    assertThat(String.join(" ", read(log).pointers())).isEqualTo(pointers.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'results':{}                                        | /results",
        "'results':'none'                                    | /results",
        "'results':0                                         | /results",
        "'results':[],'results':[]                           | /results",
        "'results':[null]                                    | /results/0",
        "'results':[[]]                                      | /results/0",
        "'invocations':{}                                    | /invocations",
        "'invocations':[{}]                                  | /invocations/0/executionSuccessful",
        "'invocations':[{'executionSuccessful':'true'}]      | /invocations/0/executionSuccessful",
        "'invocations':[{'executionSuccessful':true,'toolExecutionNotifications':"
            + "[{'level':'fatal','message':{'text':'m'}}]}]"
            + " | /invocations/0/toolExecutionNotifications/0/level",
        "'invocations':[{'executionSuccessful':true,'ruleConfigurationOverrides':"
            + "[{'descriptor':{'id':'a'},'configuration':{'level':'off'}}]}]"
            + " | /invocations/0/ruleConfigurationOverrides/0/configuration/level",
      })
  void whatDecidesARunMustBeRight(String members, String pointer) {
    assertThat(read(run(members)).pointers()).containsExactly("/runs/0" + pointer);
  }

  @Test
  void coverageIsToldInTheReport() {
    assertThat(read(run()).run().path("properties").path("mysticalScanner/coverage").asText())
        .isEqualTo("none");
    assertThat(read(results()).run().has("properties")).isFalse();
    assertThat(
            read(run("'properties':{'a':1}"))
                .run()
                .path("properties")
                .path("mysticalScanner/coverage")
                .asText())
        .isEqualTo("none");
  }
}
