package dev.mystical.scanner.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.wire.report.Finding;
import dev.mystical.scanner.wire.report.Findings;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTableTest {
  private static final Finding SQL =
      new Finding(Severity.HIGH, "SpotBugs", "SQL_INJECTION", "src/Orders.java", 19, "Bad SQL");
  private static final Finding HASH =
      new Finding(Severity.MEDIUM, "SpotBugs", "MD5", "src/Secrets.java", 4, "Weak hash");

  @Test
  void columnsAreAligned() {
    assertThat(lines(false, SQL, HASH))
        .containsExactly(
            "high      SQL_INJECTION  src/Orders.java:19  Bad SQL",
            "medium    MD5            src/Secrets.java:4  Weak hash");
  }

  @Test
  void coloursAreForPeopleAlone() {
    assertThat(lines(true, SQL).getFirst()).startsWith("\u001b[1;31mhigh    \u001b[0m");
    assertThat(lines(false, SQL).getFirst()).doesNotContain("\u001b");
  }

  @Test
  void scannedCodeDoesNotSteerTheTerminal() {
    Finding hostile =
        new Finding(Severity.LOW, "t", "R\u001b[2J", "a\u001b]0;x\u0007.java", 1, "m\nn\u202e");
    assertThat(lines(false, hostile)).containsExactly("low       R [2J  a ]0;x .java:1  m n");
  }

  @Test
  void longTextsAreCutAndAPathAtItsBeginning() {
    Finding wordy =
        new Finding(
            Severity.LOW, "t", "R".repeat(99), "dir/".repeat(99) + "A.java", 7, "m".repeat(999));
    assertThat(lines(false, wordy).getFirst())
        .hasSizeLessThan(240)
        .contains("R…  …")
        .contains("dir/A.java:7  ")
        .endsWith("m…");
  }

  @Test
  void findingsAreAddedUp() {
    assertThat(FindingsTable.sum(FindingCounts.NONE)).isEqualTo("no findings");
    assertThat(FindingsTable.sum(new FindingCounts(0, 1, 0, 0, 0))).isEqualTo("1 finding: 1 high");
    assertThat(FindingsTable.sum(new FindingCounts(2, 0, 0, 3, 1)))
        .isEqualTo("6 findings: 2 critical, 3 low, 1 info");
  }

  private static List<String> lines(boolean coloured, Finding... findings) {
    return new FindingsTable(coloured).lines(new Findings(FindingCounts.NONE, List.of(findings)));
  }
}
