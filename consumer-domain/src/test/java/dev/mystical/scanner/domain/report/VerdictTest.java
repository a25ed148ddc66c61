package dev.mystical.scanner.domain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "CRITICAL, CRITICAL, FAIL",
    "CRITICAL, HIGH,     PASS",
    "HIGH,     CRITICAL, FAIL",
    "HIGH,     HIGH,     FAIL",
    "HIGH,     MEDIUM,   PASS",
    "MEDIUM,   HIGH,     FAIL",
    "MEDIUM,   MEDIUM,   FAIL",
    "MEDIUM,   LOW,      PASS",
    "LOW,      LOW,      FAIL",
    "LOW,      INFO,     PASS",
    "NONE,     CRITICAL, PASS",
    "NONE,     INFO,     PASS",
  })
  void oneFindingOfTheLeastSeverityFails(FailOn failOn, Severity found, Verdict verdict) {
    assertThat(ofRun(counts(found), Coverage.FULL, failOn)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @EnumSource
  void aFindingIsOneHoweverLittleWasLookedAt(Coverage coverage) {
    assertThat(ofRun(counts(Severity.HIGH), coverage, FailOn.HIGH)).isEqualTo(Verdict.FAIL);
  }

  @ParameterizedTest
  @EnumSource
  void onlyFullCoveragePasses(FailOn failOn) {
    assertThat(ofRun(FindingCounts.NONE, Coverage.FULL, failOn)).isEqualTo(Verdict.PASS);
    assertThat(ofRun(FindingCounts.NONE, Coverage.PARTIAL, failOn)).isEqualTo(Verdict.UNKNOWN);
    assertThat(ofRun(FindingCounts.NONE, Coverage.NONE, failOn)).isEqualTo(Verdict.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void noReportIsUnknown(FailOn failOn) {
    assertThat(Verdict.ofRun(Optional.empty(), failOn)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aScanWithoutRequiredRunsNeverPasses() {
    assertThat(Verdict.ofScan(List.of())).isEqualTo(Verdict.UNKNOWN);
    assertThat(Verdict.ofScan(List.of(new RunVerdict(false, Verdict.PASS))))
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(Verdict.ofScan(List.of(new RunVerdict(false, Verdict.FAIL))))
        .isEqualTo(Verdict.FAIL);
  }

  /** Every scan of up to three runs, against the contract's sentence. */
  @Test
  void scansFollowTheirRuns() {
    for (List<RunVerdict> runs : scansOfUpTo(3)) {
      List<Verdict> all = runs.stream().map(RunVerdict::verdict).toList();
      List<Verdict> required =
          runs.stream().filter(RunVerdict::required).map(RunVerdict::verdict).toList();
      Verdict expected =
          all.contains(Verdict.FAIL)
              ? Verdict.FAIL
              : required.isEmpty() || required.contains(Verdict.UNKNOWN)
                  ? Verdict.UNKNOWN
                  : Verdict.PASS;
      assertThat(Verdict.ofScan(runs)).as("%s", runs).isEqualTo(expected);
    }
  }

  @Test
  void coverageOfPartsIsNeverBetterThanTheParts() {
    assertThat(Coverage.of(List.of())).isEqualTo(Coverage.NONE);
    assertThat(Coverage.of(List.of(Coverage.FULL, Coverage.FULL))).isEqualTo(Coverage.FULL);
    assertThat(Coverage.of(List.of(Coverage.FULL, Coverage.NONE))).isEqualTo(Coverage.PARTIAL);
    assertThat(Coverage.of(List.of(Coverage.FULL, Coverage.PARTIAL))).isEqualTo(Coverage.PARTIAL);
    assertThat(Coverage.of(List.of(Coverage.NONE, Coverage.NONE))).isEqualTo(Coverage.NONE);
    assertThat(Coverage.FULL.atMost(Coverage.PARTIAL)).isEqualTo(Coverage.PARTIAL);
    assertThat(Coverage.NONE.atMost(Coverage.FULL)).isEqualTo(Coverage.NONE);
  }

  @Test
  void countsAddUp() {
    FindingCounts one = FindingCounts.NONE;
    for (Severity severity : Severity.values()) {
      one = one.plus(severity);
    }
    FindingCounts two = one.plus(one);

    assertThat(two).isEqualTo(new FindingCounts(2, 2, 2, 2, 2));
    assertThat(two.total()).isEqualTo(10);
    for (Severity severity : Severity.values()) {
      assertThat(two.of(severity)).isEqualTo(2);
      assertThat(counts(severity).of(severity)).isEqualTo(1);
      assertThat(counts(severity).total()).isEqualTo(1);
    }
  }

  private static FindingCounts counts(Severity severity) {
    return FindingCounts.NONE.plus(severity);
  }

  private static Verdict ofRun(FindingCounts counts, Coverage coverage, FailOn failOn) {
    return Verdict.ofRun(Optional.of(new ReportSummary(counts, coverage)), failOn);
  }

  private static List<List<RunVerdict>> scansOfUpTo(int runs) {
    List<List<RunVerdict>> scans = new ArrayList<>();
    scans.add(List.of());
    if (runs == 0) {
      return scans;
    }
    for (List<RunVerdict> shorter : scansOfUpTo(runs - 1)) {
      for (Verdict verdict : Verdict.values()) {
        for (boolean required : new boolean[] {true, false}) {
          List<RunVerdict> longer = new ArrayList<>(shorter);
          longer.add(new RunVerdict(required, verdict));
          scans.add(longer);
        }
      }
    }
    return scans;
  }
}
