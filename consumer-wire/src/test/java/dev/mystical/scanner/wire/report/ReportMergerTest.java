package dev.mystical.scanner.wire.report;

import static dev.mystical.scanner.wire.report.Reports.read;
import static dev.mystical.scanner.wire.report.Reports.requireOurs;
import static dev.mystical.scanner.wire.report.Reports.result;
import static dev.mystical.scanner.wire.report.Reports.results;
import static dev.mystical.scanner.wire.report.Reports.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.wire.report.Reports.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportMergerTest {
  @Test
  void runsStandOneAfterTheOther() throws IOException {
    Result first = read(results(result("'ruleId':'a'", "'rank':33.25"), result()));
    Result second = read(run());
    Result merged = merge(first.written(), second.written(), first.written());
    JsonNode runs = Reports.json(merged.written()).path("runs");

    assertThat(runs).hasSize(3);
    assertThat(runs.path(0)).isEqualTo(first.run());
    assertThat(runs.path(1)).isEqualTo(second.run());
    assertThat(runs.path(2)).isEqualTo(first.run());
  }

  @Test
  void oneReportStaysWhatItIs() throws IOException {
    Result one = read(results(result("'properties':{'a':[1,2.5,null,'ü😀\\n']}")));

    assertThat(merge(one.written()).written()).isEqualTo(one.written());
  }

  @Test
  void noReportsAreNoRuns() throws IOException {
    Result none = merge();

    assertThat(none.coverage()).isEqualTo(Coverage.NONE);
    requireOurs(none);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"runs\":[{]}", "hunter2hunter2hunter2hunter2"})
  void whatIsNoReportIsNotMerged(String report) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> merge(report))
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("hunter2"));
  }

  private static Result merge(String... reports) throws IOException {
    List<ReportSource> sources =
        Stream.of(reports)
            .map(it -> (ReportSource) () -> new ByteArrayInputStream(it.getBytes(UTF_8)))
            .toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Content content = ReportMerger.merge(sources, out);

    assertThat(content)
        .isEqualTo(
            new Content(Sha256.start().updated(out.toByteArray()).hex(), out.toByteArray().length));
    return new Result(read(out.toByteArray(), ReportFormat.SARIF).outcome(), out.toString(UTF_8));
  }
}
