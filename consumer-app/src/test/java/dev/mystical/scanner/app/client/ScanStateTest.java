package dev.mystical.scanner.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.scan.ScanStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanStateTest {
  @Test
  void aScanIsReadFromItsDocument() {
    ScanState scan = read(Documents.ended("PARTIAL", "FAIL"));
    assertThat(scan.id()).isEqualTo("s1");
    assertThat(scan.status()).isEqualTo(ScanStatus.PARTIAL);
    assertThat(scan.coverage()).contains("full");
    assertThat(scan.verdict()).contains("FAIL");
    assertThat(scan.failed()).isTrue();
    assertThat(scan.summary()).contains(new FindingCounts(0, 1, 0, 0, 0));
    assertThat(scan.runs())
        .containsExactly(
            new RunState(
                "sonar",
                true,
                "FAILED",
                1,
                Optional.of(42),
                Optional.of("analysing"),
                Optional.empty()));
  }

  @Test
  void whatIsNotKnownYetIsAbsent() {
    ScanState scan = read("{\"scanId\":\"s1\",\"status\":\"QUEUED\",\"runs\":[{}]}");
    assertThat(scan.verdict()).isEmpty();
    assertThat(scan.failed()).isFalse();
    assertThat(scan.summary()).isEmpty();
    assertThat(scan.error()).isEmpty();
    assertThat(scan.runs())
        .containsExactly(
            new RunState("?", true, "?", 0, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void textsDoNotSteerTheTerminal() {
    ScanState scan =
        read(
            """
            {"scanId":"s1","status":"FAILED",
             "error":{"code":"TASK_FAILED","message":"a\\u001b[2Jb\\nc\\u202ed"}}
            """);
    assertThat(scan.error()).contains("TASK_FAILED: a [2Jb c d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "{\"scanId\":\"s1\"}",
        "{\"status\":\"QUEUED\"}",
        "{\"scanId\":\"s1\",\"status\":\"DANCING\"}",
        "{\"scanId\":1,\"status\":\"QUEUED\"}"
      })
  void whatIsNoScanIsNone(String document) {
    assertThat(ScanState.parse(document)).isEmpty();
  }

  @Test
  void progressIsALineForEachRun() {
    assertThat(ProgressLines.of(read(Documents.scan("RUNNING", "RUNNING", ""))))
        .containsExactly("sonar  RUNNING       attempt 1    42%  analysing");
    assertThat(ProgressLines.coarse(read(Documents.scan("RUNNING", "RUNNING", ""))))
        .containsExactly("sonar  RUNNING       attempt 1    40%  analysing");
    assertThat(ProgressLines.of(read(Documents.ended("SUCCEEDED", "PASS"))))
        .containsExactly("sonar  SUCCEEDED     attempt 1");
    assertThat(
            ProgressLines.of(
                read(
                    """
                    {"scanId":"s1","status":"RUNNING","runs":[
                      {"provider":"a","status":"PENDING"},
                      {"provider":"sonar","status":"FAILED","attempts":[{"attempt":1},{"attempt":2}],
                       "error":{"code":"TASK_FAILED","message":"exit 1"}}]}
                    """)))
        .containsExactly("a      PENDING", "sonar  FAILED        attempt 2   TASK_FAILED: exit 1");
  }

  private static ScanState read(String document) {
    return ScanState.parse(document).orElseThrow();
  }
}
