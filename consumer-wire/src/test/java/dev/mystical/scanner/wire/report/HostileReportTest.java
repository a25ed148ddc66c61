package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static dev.mystical.scanner.wire.report.Reports.result;
import static dev.mystical.scanner.wire.report.Reports.results;
import static dev.mystical.scanner.wire.report.Reports.run;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.simulation.Seeds;
import dev.mystical.scanner.wire.report.Reports.Result;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that nobody means well with get an answer like any other. */
class HostileReportTest {
  private static final int FUZZED = 300;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "[]",
        "[{}]",
        "{",
        "}",
        "{]",
        "{'a'",
        "{a:1}",
        "{'version':'2.1.0','runs':[]",
        "{'version':'2.1.0','runs':[",
        "{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'t'}},'results':[",
        "{'version':'2.1.0','runs':[]}}",
        "{'version':'2.1.0','runs':[]}{}",
        "{'version':'2.1.0','runs':[]} x",
        "{'version':'2.1.0','runs':[],}",
        "{'version':'2.1.0','runs':[NaN]}",
        "/* */ {'version':'2.1.0','runs':[]}",
        "{'version':'2.1.0','runs':[]}\u0000",
        "<sarif/>"
      })
  void whatIsNoReportIsUnreadable(String document) {
    for (ReportFormat format : ReportFormat.values()) {
      byte[] bytes = document.replace('\'', '"').getBytes(UTF_8);
      if (format == ReportFormat.SARIF
          || !document.startsWith("{'v")
          || !document.endsWith("[]}")) {
        assertPresentable(read(bytes, format));
      }
    }
    assertThat(read(document).problems()).isNotEmpty();
  }

  /** Some tools quote code in whatever encoding it has; that must not cost the whole report. */
  @Test
  void bytesThatAreNoUtf8AreReplaced() {
    byte[] log = results(result("'ruleId':'\u00e9'")).replace('\'', '"').getBytes(ISO_8859_1);

    assertThat(read(log, ReportFormat.SARIF).result().path("ruleId").asText()).isEqualTo("\ufffd");
  }

  @Test
  void noSecretOfABrokenReportIsQuoted() {
    assertThat(read("{'version': hunter2hunter2hunter2hunter2}").problems().toString())
        .doesNotContain("hunter2hunter2hunter2");
    assertThat(read("{'version':'%s','runs':[]}".formatted("hunter2".repeat(100))).problems())
        .singleElement()
        .satisfies(it -> assertThat(it.detail()).hasSizeLessThan(80));
  }

  @Test
  void problemsNameTheirPlace() {
    assertThat(read("{'version':'2.1.0',\n'runs':[{'tool':nil}]}").problems())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.pointer()).isEqualTo("/runs/0/tool");
          assertThat(it.detail()).startsWith("is not JSON at line 2, column 17: Unrecognized");
          assertThat(it.code()).isEqualTo(ErrorCode.REPORT_INVALID);
        });
  }

  @Test
  void noMoreThanAHundredProblemsAreListed() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      many.append("{},");
    }
    Result read = read(results(many + "{}"));

    assertThat(read.problems()).hasSize(Flaws.MOST + 1);
    assertThat(read.problems().getLast().detail()).isEqualTo("has 401 problems more");
    assertThat(
            read("{'version':'2.1.0','runs':[%s0]}".formatted("0,".repeat(1_000_000))).problems())
        .hasSize(Flaws.MOST + 1);
  }

  @Test
  void twentyFiveThousandResultsAreNotTooMany() {
    Result read = read(results("{'message':{'text':'m'}},".repeat(24_999) + result()));

    assertThat(read.counts().medium()).isEqualTo(25_000);
  }

  @Test
  void oneResultMoreIsTooMany() {
    assertTooLarge(read(results("{'message':{'text':'m'}},".repeat(25_000) + result())));
    // However they are spread.
    String some = "{'tool':{'driver':{'name':'t'}},'results':[%s]}";
    assertTooLarge(
        read(
            "{'version':'2.1.0','runs':[%s,%s]}"
                .formatted(
                    some.formatted("{'message':{'text':'m'}},".repeat(15_000) + result()),
                    some.formatted("{'message':{'text':'m'}},".repeat(9_999) + result()))));
    byte[] findings =
        "{\"findings\":[%s{\"id\":\"a\"}]}"
            .formatted("{\"id\":\"a\"},".repeat(25_000))
            .getBytes(UTF_8);
    assertTooLarge(read(findings, ReportFormat.BEARER));
    byte[] issues =
        "{\"issues\":[%s{\"rule\":\"a\"}]}"
            .formatted("{\"rule\":\"a\"},".repeat(25_000))
            .getBytes(UTF_8);
    assertTooLarge(read(issues, ReportFormat.SONAR));
  }

  @Test
  void otherListsHaveAnEndToo() {
    assertTooLarge(read(run("'artifacts':[%s{}]".formatted("{},".repeat(100_000)))));
    assertTooLarge(
        read(
            "{'version':'2.1.0','runs':[%s{'tool':{'driver':{'name':'t'}}}]}"
                .formatted("{'tool':{'driver':{'name':'t'}}},".repeat(1_000))));
    String rule = "{'id':'%s'},".formatted("r".repeat(16_000)).repeat(2_000);
    assertTooLarge(
        read(
            "{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'t','rules':[%s{'id':'a'}]}}}]}"
                .formatted(rule)));
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 1_000, 100_000, 3_000_000})
  void depthIsLimited(int depth) {
    assertTooLarge(read("[".repeat(depth)));
    assertTooLarge(read("{'a':".repeat(depth)));
    assertTooLarge(read(results(result("'properties':%s".formatted("{'a':".repeat(depth))))));
    assertTooLarge(
        read("{\"findings\":%s".formatted("[".repeat(depth)).getBytes(UTF_8), ReportFormat.BEARER));
  }

  @Test
  void hugeValuesAreTooLarge() {
    assertTooLarge(read(results(result("'ruleId':'%s'".formatted("x".repeat(5_000_000))))));
    assertTooLarge(read(results(result("'%s':1".formatted("x".repeat(5_000_000))))));
    assertTooLarge(read(results(result("'rank':%s".formatted("1".repeat(5_000_000))))));
    assertTooLarge(
        read(results(result("'properties':{'a':[%s1]}".formatted("1,".repeat(100_000))))));
    assertTooLarge(
        read(results(result("'properties':{'a':['%s']}".formatted("x','x".repeat(500_000))))));
  }

  /** A body of a file may be long, since nobody looks at it. */
  @Test
  void whatIsLeftOutMayBeHuge() {
    String body = "'artifacts':[{'contents':{'text':'%s'}}]".formatted("x".repeat(6_000_000));

    assertThat(read(run("'results':[]", body)).counts().total()).isZero();
  }

  @Test
  void repeatedNamesAreProblems() {
    assertThat(read(results(result("'properties':{'a':1,'a':2}"))).pointers())
        .containsExactly("/runs/0/results/0/properties/a");
    assertThat(read(results(result("'message':{'text':'other'}"))).pointers())
        .containsExactly("/runs/0/results/0/message");
    assertThat(
            read("{\"findings\":[],\"findings\":[]}".getBytes(UTF_8), ReportFormat.BEARER)
                .pointers())
        .containsExactly("/findings");
  }

  /** A set of values, which have no order, took seconds for one such result. */
  @Test
  void textsThatCollideAreNoTrap() {
    StringBuilder tags = new StringBuilder();
    for (int i = 0; i < 1 << 14; i++) {
      tags.append(i == 0 ? "'" : ",'");
      for (int bit = 13; bit >= 0; bit--) {
        tags.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      tags.append('\'');
    }
    Result read = read(results(result("'properties':{'tags':[%s]}".formatted(tags))));

    assertThat(read.result().path("properties").path("tags")).hasSize(1 << 14);
  }

  /** The standard's pattern of a MIME type takes half a second over one such text. */
  @Test
  void longTextsDoNotMeetPatterns() {
    String artifact = "{'length':1,'mimeType':'%s'},".formatted("x".repeat(16_000));
    Result read = read(run("'artifacts':[%s{}]".formatted(artifact.repeat(300))));

    assertThat(read.run().path("artifacts")).hasSize(301);
    assertThat(read.written()).doesNotContain("mimeType");
  }

  /** Any damage to a good report ends in one of the outcomes, and what is read is ours. */
  @Test
  void anyDamageGetsAnAnswer() {
    Seeds.check(
        FUZZED,
        random -> {
          byte[] report = damaged(RandomReports.sarif(random), random).getBytes(UTF_8);
          assertPresentable(read(report, ReportFormat.SARIF));
        });
  }

  @Test
  void anyStrangeReportGetsAnAnswer() {
    Seeds.check(
        FUZZED,
        random -> {
          byte[] report = RandomReports.strange(random).getBytes(UTF_8);
          assertPresentable(read(report, ReportFormat.SARIF));
        });
  }

  @Test
  void goodReportsAreRead() {
    Seeds.check(
        FUZZED / 3,
        random -> {
          Result read = read(RandomReports.sarif(random).getBytes(UTF_8), ReportFormat.SARIF);
          assertThat(read.outcome()).isInstanceOf(ReportOutcome.Read.class);
          assertPresentable(read);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"BEARER", "SONAR"})
  void anyForeignReportGetsAnAnswer(ReportFormat format) {
    Seeds.check(
        FUZZED / 3,
        random -> {
          String report = RandomReports.foreign(format, random);
          String sent = random.nextBoolean() ? damaged(report, random) : report;
          assertPresentable(read(sent.getBytes(UTF_8), format));
        });
  }

  private static String damaged(String report, RandomGenerator random) {
    StringBuilder damaged = new StringBuilder(report);
    for (int hits = 1 + random.nextInt(3); hits > 0 && !damaged.isEmpty(); hits--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(5)) {
        case 0 -> damaged.deleteCharAt(at);
        case 1 -> damaged.insert(at, (char) random.nextInt(0x10000));
        case 2 -> damaged.setCharAt(at, "{}[]\",:\\0eE-ntf".charAt(random.nextInt(15)));
        case 3 -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 40)));
        default -> damaged.setLength(at + 1);
      }
    }
    return damaged.toString();
  }

  private static void assertPresentable(Result result) {
    switch (result.outcome()) {
      case ReportOutcome.Read read -> requireOurs(result);
      case ReportOutcome.TooLarge large ->
          assertThat(large.why()).isEqualTo(Texts.line(large.why()));
      case ReportOutcome.Unreadable unreadable ->
          assertThat(unreadable.problems())
              .isNotEmpty()
              .allSatisfy(HostileReportTest::assertPresentable);
    }
  }

  private static void assertPresentable(Problem problem) {
    assertThat(problem.detail()).isEqualTo(Texts.line(problem.detail())).hasSizeLessThan(400);
    assertThat(JsonPointer.compile(problem.pointer()).toString()).isEqualTo(problem.pointer());
    assertThat(problem.pointer()).isEqualTo(Texts.line(problem.pointer()));
  }

  private static void assertTooLarge(Result result) {
    assertThat(result.outcome()).isInstanceOf(ReportOutcome.TooLarge.class);
  }
}
