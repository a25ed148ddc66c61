package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.result;
import static dev.mystical.scanner.wire.report.Reports.results;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsReaderTest {
  private static final String TOOL =
      """
      'tool': {'driver': {'name': 'Tool', 'rules': [
        {'id': 'NOTED', 'defaultConfiguration': {'level': 'note'},
         'messageStrings': {'default': {'text': 'The use of {0} in {1} is bad.'},
                            'many': {'text': '%s'}}},
        {'id': 'SCORED', 'properties': {'security-severity': '9.8'}}, {'id': 'BARE'}]}}
      """
          .formatted("{0}".repeat(1_000));

  @Test
  void aFindingTellsItsRulePlaceAndMessage() throws IOException {
    Findings found =
        read(
            withRules(
                """
                {'ruleId': 'BARE', 'message': {'text': 'bad\\nthing'}, 'locations': [{
                 'physicalLocation': {'artifactLocation': {'uri': 'src/A.java'},
                                      'region': {'startLine': 7}}}]},
                {'ruleIndex': 1, 'message': {'text': 'm'}}
                """));

    assertThat(found.worst())
        .containsExactly(
            new Finding(Severity.CRITICAL, "Tool", "SCORED", "", 0, "m"),
            new Finding(Severity.MEDIUM, "Tool", "BARE", "src/A.java", 7, "bad thing"));
    assertThat(found.worst()).extracting(Finding::place).containsExactly("-", "src/A.java:7");
    assertThat(found.counts()).isEqualTo(new FindingCounts(1, 0, 1, 0, 0));
    assertThat(found.further()).isZero();
  }

  @Test
  void wordsAreFilledIntoTheRulesSentence() throws IOException {
    String result =
        """
        {'ruleId': 'NOTED',
         'message': {'id': 'default', 'text': 'a title', 'arguments': ['{1}', 'Secrets']}}
        """;

    assertThat(read(withRules(result)).worst().getFirst().message())
        .isEqualTo("The use of {1} in Secrets is bad.");
    // A rule may come after its results.
    assertThat(
            read("{'version':'2.1.0','runs':[{'results':[%s],%s}]}".formatted(result, TOOL))
                .worst()
                .getFirst()
                .message())
        .isEqualTo("The use of {1} in Secrets is bad.");
  }

  @Test
  void aMessageIsShortHoweverLongItsWordsAre() throws IOException {
    String word = "w".repeat(10_000);
    String result =
        "{'ruleId': 'NOTED', 'message': {'id': 'many', 'arguments': ['%s']}}".formatted(word);

    assertThat(read(withRules(result)).worst().getFirst().message())
        .hasSize(Sentences.LONGEST)
        .endsWith("…");
    assertThat(
            read(results("{'message':{'text':'%s'}}".formatted(word))).worst().getFirst().message())
        .hasSize(Sentences.LONGEST);
  }

  @Test
  void theWorstStayWhateverTheirOrder() throws IOException {
    List<String> all = new ArrayList<>();
    for (String level : List.of("error", "warning", "note")) {
      IntStream.range(0, 40)
          .forEach(
              i -> all.add(result("'level':'%s'".formatted(level), place("f%02d".formatted(i)))));
    }
    Collections.shuffle(all, new Random(7));

    Findings found = read(results(all.toArray(String[]::new)));

    assertThat(found.worst()).hasSize(20).allMatch(it -> it.severity() == Severity.HIGH);
    assertThat(found.worst())
        .extracting(Finding::file)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj("f%02d"::formatted).toList());
    assertThat(found.counts()).isEqualTo(new FindingCounts(0, 40, 40, 40, 0));
    assertThat(found.further()).isEqualTo(100);
  }

  @Test
  void severalReportsAreReadAsOne() throws IOException {
    String minor = results(result("'level':'note'"));
    String major = results(result("'level':'error'"), result("'level':'warning'"));

    Findings found = FindingsReader.read(sources(minor, major), 2, ReportLimits.STANDARD);

    assertThat(found.worst())
        .extracting(Finding::severity)
        .containsExactly(Severity.HIGH, Severity.MEDIUM);
    assertThat(found.counts()).isEqualTo(new FindingCounts(0, 1, 1, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'kind':'pass'",
        "'suppressions':[{'kind':'external','status':'accepted'}]",
        "'baselineState':'absent'"
      })
  void whatIsNoFindingIsNotListed(String member) throws IOException {
    assertThat(read(results(result(member))))
        .isEqualTo(new Findings(FindingCounts.NONE, List.of()));
  }

  @Test
  void ourOwnFormSaysTheSame() throws IOException {
    String report =
        withRules("{'ruleIndex': 0, 'message': {'text': 'm'}, %s}".formatted(place("a")));
    String ours = Reports.read(report).written();

    assertThat(read(ours)).isEqualTo(read(report));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | must be an object",
        "{'version':'2.1.0'} | /runs is missing",
        "{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'t'}},'results':[{'message':1}]}]} |"
            + " /runs/0/results/0",
        "{ | is not JSON",
      })
  void whatIsNoReportIsSaid(String report, String why) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(report))
        .withMessageContaining(why);
  }

  @Test
  void aReportBeyondTheLimitsIsNotRead() {
    ReportLimits two = new ReportLimits(1 << 20, 1 << 20, 100, 2, 100);
    String report = results(result(), result(), result());

    assertThatExceptionOfType(ReportTooLarge.class)
        .isThrownBy(() -> FindingsReader.read(sources(report), 20, two));
  }

  private static String withRules(String results) {
    return "{'version':'2.1.0','runs':[{%s,'results':[%s]}]}".formatted(TOOL, results);
  }

  private static String place(String file) {
    return "'locations':[{'physicalLocation':{'artifactLocation':{'uri':'%s'}}}]".formatted(file);
  }

  private static Findings read(String report) throws IOException {
    return FindingsReader.read(sources(report), 20, ReportLimits.STANDARD);
  }

  private static List<ReportSource> sources(String... reports) {
    return Stream.of(reports)
        .map(it -> it.replace('\'', '"').getBytes(UTF_8))
        .<ReportSource>map(bytes -> () -> new ByteArrayInputStream(bytes))
        .toList();
  }
}
