package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SarifCheckTest {

  @TempDir private Path folder;

  @Test
  void emptyResultsOfAScanThatWorkedAreSound() throws IOException {
    Path report =
        write(
            """
            {"version": "2.1.0", "runs": [
              {"results": [], "invocations": [{"executionSuccessful": true}]}]}
            """);

    assertThat(SarifCheck.read(report).path("runs")).hasSize(1);
  }

  @Test
  void reportsThatOnlyLookCleanAreRefused() throws IOException {
    assertRefused("{\"version\": \"2.1.0\", \"runs\": []}", "no runs");
    assertRefused("{\"version\": \"2.1.0\"}", "no runs");
    assertRefused("{\"version\": \"2.1.0\", \"runs\": [{\"results\": null}]}", "no results");
    assertRefused("{\"version\": \"2.1.0\", \"runs\": [{}]}", "no results");
    assertRefused(
        """
        {"version": "2.1.0", "runs": [{"results": [], "invocations": [
          {"executionSuccessful": false,
           "toolExecutionNotifications": [{"message": {"text": "cannot parse A.java"}}]}]}]}
        """,
        "the scan failed: cannot parse A.java");
    assertRefused(
        "{\"version\": \"2.1.0\", \"runs\": [{\"results\": [], \"invocations\": [{}]}]}",
        "the scan failed");
  }

  /** One good run must not hide a broken one. */
  @Test
  void everyRunMustBeSound() throws IOException {
    assertRefused("{\"version\": \"2.1.0\", \"runs\": [{\"results\": []}, {}]}", "no results");
  }

  @Test
  void whatIsNoReportIsRefused() throws IOException {
    assertRefused("{\"runs\": [{\"results\": []}]}", "not SARIF 2.1.0");
    assertRefused("{\"version\": \"2.1.0\", \"runs\": [", "not JSON");
    assertRefused("", "not SARIF");
    assertThatThrownBy(() -> SarifCheck.read(folder.resolve("gone")))
        .isInstanceOf(ScanBroken.class)
        .hasMessageContaining("no report");
  }

  private void assertRefused(String text, String why) throws IOException {
    Path report = write(text);
    assertThatThrownBy(() -> SarifCheck.read(report))
        .as(text)
        .isInstanceOfSatisfying(
            ScanBroken.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.TOOL_FAILED))
        .hasMessageContaining(why);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("report.sarif"), text);
  }
}
