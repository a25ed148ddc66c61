package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static dev.mystical.scanner.wire.report.Reports.result;
import static dev.mystical.scanner.wire.report.Reports.results;
import static dev.mystical.scanner.wire.report.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.wire.report.Reports.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a result is: its kind, level, severity, and whether it counts. */
class ResultRulesTest {
  @ParameterizedTest
  @CsvSource({
    "error,   HIGH",
    "warning, MEDIUM",
    "note,    LOW",
    "none,    INFO",
  })
  void levelsHaveSeverities(String level, Severity severity) {
    Result read = read(results(result("'level':'%s'".formatted(level))));

    assertThat(read.counts()).isEqualTo(FindingCounts.NONE.plus(severity));
    assertThat(read.result().path("level").asText()).isEqualTo(level);
    requireOurs(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'10.0'  | CRITICAL",
        "'9.0'   | CRITICAL",
        "'8.9'   | HIGH",
        "'7.0'   | HIGH",
        "'6.9'   | MEDIUM",
        "'4.0'   | MEDIUM",
        "'3.9'   | LOW",
        "'0.1'   | LOW",
        "'0.0'   | INFO",
        "'0'     | INFO",
        "' 7.5 ' | HIGH",
        "9.8     | CRITICAL",
        "4       | MEDIUM",
        // None of these is a score: the level decides.
        "'10.1'  | LOW",
        "'-1'    | LOW",
        "'high'  | LOW",
        "''      | LOW",
        "'NaN'   | LOW",
        "'1e1'   | LOW",
        "true    | LOW",
        "[9]     | LOW",
      },
      quoteCharacter = '`')
  void scoresOfResultsGoBeforeLevels(String score, Severity severity) {
    Result read =
        read(
            results(
                result(
                    "'level':'note'", "'properties':{'security-severity':%s}".formatted(score))));

    assertThat(read.counts()).isEqualTo(FindingCounts.NONE.plus(severity));
    assertThat(read.result().path("properties").path("severity").asText())
        .isEqualTo(SecuritySeverity.word(severity));
    requireOurs(read);
  }

  @Test
  void scoresOfRulesGoBeforeLevelsAndThoseOfResultsBeforeRules() {
    String rules =
        "'tool':{'driver':{'name':'t','rules':[{'id':'a','properties':{'security-severity':'9.1'}}]}}";
    String log =
        "{'version':'2.1.0','runs':[{%s,'results':[%s,%s]}]}"
            .formatted(
                rules,
                result("'ruleId':'a'", "'level':'note'"),
                result("'ruleId':'a'", "'properties':{'security-severity':'5'}"));
    Result read = read(log);

    assertThat(read.counts()).isEqualTo(new FindingCounts(1, 0, 1, 0, 0));
    requireOurs(read);
  }

  @Test
  void levelsWithoutAnyWordAreWarnings() {
    Result read = read(results(result("'ruleId':'unknown'")));

    assertThat(read.counts()).isEqualTo(new FindingCounts(0, 0, 1, 0, 0));
    assertThat(read.result().path("level").asText()).isEqualTo("warning");
  }

  private static final String TOOL =
      """
      'tool': {
        'driver': {'name': 't', 'rules': [
          {'id': 'plain'},
          {'id': 'bad', 'guid': '11111111-1111-4111-8111-111111111111',
           'defaultConfiguration': {'level': 'error'}},
          {'id': 'dim', 'defaultConfiguration': {'level': 'note'}}]},
        'extensions': [
          {'name': 'e0', 'rules': [{'id': 'x', 'defaultConfiguration': {'level': 'none'}}]},
          {'name': 'e1', 'guid': '22222222-2222-4222-8222-222222222222', 'rules': [
            {'id': 'bad', 'defaultConfiguration': {'level': 'note'}},
            {'id': 'far', 'defaultConfiguration': {'level': 'error'}}]}]},
      'invocations': [
        {'executionSuccessful': true, 'ruleConfigurationOverrides': [
          {'descriptor': {'id': 'dim', 'index': 2}, 'configuration': {'level': 'error'}},
          {'descriptor': {'index': 1}, 'configuration': {'enabled': true}}]},
        {'executionSuccessful': true}]
      """;

  /** §3.27.10 with the look-up of §3.52.3 and §3.54.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ruleId':'plain'                                           | warning",
        "'ruleId':'bad'                                             | error",
        "'ruleId':'bad/more'                                        | error",
        "'ruleId':'bad/more/still'                                  | warning",
        "'ruleId':'badder'                                          | warning",
        "'ruleIndex':1                                              | error",
        "'ruleId':'bad','ruleIndex':2                               | note",
        "'ruleIndex':3                                              | warning",
        "'ruleIndex':-1                                             | warning",
        "'rule':{'index':1}                                         | error",
        "'rule':{'id':'dim'}                                        | note",
        "'rule':{'guid':'11111111-1111-4111-8111-111111111111'}     | error",
        "'rule':{'id':'bad','toolComponent':{'index':1}}            | note",
        "'ruleId':'bad','rule':{'index':0,'toolComponent':{'index':1}} | note",
        "'ruleIndex':1,'rule':{'id':'far','toolComponent':"
            + "{'guid':'22222222-2222-4222-8222-222222222222'}}     | error",
        "'rule':{'id':'bad','toolComponent':{'index':7}}            | warning",
        "'ruleId':'far'                                             | error",
        "'ruleId':'x'                                               | none",
        "'ruleId':'dim','level':'warning'                           | warning",
        "'ruleId':'dim','provenance':{'invocationIndex':0}          | error",
        "'ruleId':'dim','provenance':{'invocationIndex':1}          | note",
        "'ruleId':'dim','provenance':{'invocationIndex':9}          | note",
        "'ruleId':'bad','provenance':{'invocationIndex':0}          | error",
      })
  void levelsComeFromRulesAndTheirOverrides(String members, String level) {
    Result read =
        read("{'version':'2.1.0','runs':[{%s,'results':[%s]}]}".formatted(TOOL, result(members)));

    assertThat(read.result().path("level").asText()).isEqualTo(level);
    requireOurs(read);
  }

  @Test
  void rulesThatAreOnlyPointedAtAreNamed() {
    String log = "{'version':'2.1.0','runs':[{%s,'results':[%s]}]}";

    assertThat(read(log.formatted(TOOL, result("'ruleIndex':2"))).result().path("ruleId").asText())
        .isEqualTo("dim");
    assertThat(
            read(log.formatted(TOOL, result("'rule':{'id':'far/more'}")))
                .result()
                .path("ruleId")
                .asText())
        .isEqualTo("far/more");
  }

  /** §3.27.9: only failures are findings, whatever level or score they claim. */
  @ParameterizedTest
  @ValueSource(strings = {"notApplicable", "pass", "review", "open", "informational"})
  void whatIsNoFailureDoesNotCount(String kind) {
    Result read =
        read(
            results(
                result(
                    "'kind':'%s'".formatted(kind),
                    "'level':'error'",
                    "'properties':{'security-severity':'9.9'}")));

    assertThat(read.counts()).isEqualTo(FindingCounts.NONE);
    assertThat(read.result().path("level").asText()).isEqualTo("none");
    assertThat(read.result().path("kind").asText()).isEqualTo(kind);
    requireOurs(read);
  }

  @Test
  void failuresCountWhetherTheySaySoOrNot() {
    assertThat(read(results(result("'kind':'fail'"), result())).counts().total()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                                                     | 1",
        "null                                                                   | 1",
        "[{'kind':'inSource'}]                                                  | 0",
        "[{'kind':'external','status':'accepted'}]                              | 0",
        "[{'kind':'external','status':'underReview'}]                           | 1",
        "[{'kind':'external','status':'rejected'}]                              | 1",
        "[{'kind':'external','status':'accepted'},{'kind':'inSource'}]          | 0",
        "[{'kind':'external','status':'accepted'},"
            + "{'kind':'external','status':'rejected'}]                         | 1",
        // Without a kind it is no suppression.
        "[{'status':'accepted'}]                                                | 1",
      })
  void onlyAcceptedSuppressionsHideAResult(String suppressions, int findings) {
    Result read = read(results(result("'suppressions':" + suppressions)));

    assertThat(read.counts().total()).isEqualTo(findings);
    assertThat(read.result().path("properties").path("severity").asText()).isEqualTo("medium");
    requireOurs(read);
  }

  @ParameterizedTest
  @CsvSource({"new, 1", "unchanged, 1", "updated, 1", "absent, 0"})
  void whatIsGoneDoesNotCount(String state, int findings) {
    Result read = read(results(result("'baselineState':'%s'".formatted(state))));

    assertThat(read.counts().total()).isEqualTo(findings);
    requireOurs(read);
  }

  /** Where a wrong value could turn the verdict, the report is not read at all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'level':'critical'                                      | /level",
        "'level':1                                               | /level",
        "'kind':'FAIL'                                           | /kind",
        "'baselineState':'gone'                                  | /baselineState",
        "'suppressions':{}                                       | /suppressions",
        "'suppressions':[{'kind':'external','status':'maybe'}]   | /suppressions/0/status",
        "'ruleId':5                                              | /ruleId",
        "'ruleIndex':'0'                                         | /ruleIndex",
        "'rule':[]                                               | /rule",
        "'level':'note','level':'error'                          | /level",
      })
  void wrongValuesThatDecideAreProblems(String members, String pointer) {
    assertThat(read(results(result(), result(members))).pointers())
        .containsExactly("/runs/0/results/1" + pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'message':{}}",
        "{'message':'m'}",
        "{'message':{'markdown':'m'}}",
        "{'message':{'text':1}}"
      })
  void resultsNeedAMessage(String result) {
    assertThat(read(results(result)).pointers())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it).startsWith("/runs/0/results/0"));
  }

  @Test
  void membersStandInAnyOrder() {
    String results = "'results':[%s]".formatted(result("'ruleId':'bad'", "'ruleIndex':1"));
    Result after = read("{'version':'2.1.0','runs':[{%s,%s}]}".formatted(TOOL, results));
    Result before = read("{'runs':[{%s,%s}],'version':'2.1.0'}".formatted(results, TOOL));

    assertThat(before.summary()).isEqualTo(after.summary());
    assertThat(before.counts()).isEqualTo(new FindingCounts(0, 1, 0, 0, 0));
    // Trees are equal whatever the order of their members.
    assertThat(before.run()).isEqualTo(after.run());
    requireOurs(before);
    requireOurs(after);
  }

  @Test
  void anEmptyRunHasNoFindings() {
    assertThat(read(results()).counts()).isEqualTo(FindingCounts.NONE);
    assertThat(read(run("'results':[]")).run().path("results")).isEmpty();
  }
}
