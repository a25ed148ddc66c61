package dev.mystical.scanner.local.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTableTest {

  private static final Finding SQL =
      new Finding(Severity.HIGH, "SpotBugs", "SQL_INJECTION", "src/Orders.java", 19, "Bad SQL");
  private static final Finding HASH =
      new Finding(Severity.MEDIUM, "SpotBugs", "MD5", "src/Secrets.java", 4, "Weak hash");

  @Test
  void columnsAreAligned() {
    String table = new FindingsTable(false).of(new Findings(List.of(HASH, SQL)));

    assertThat(table)
        .isEqualTo(
            """
            high      SQL_INJECTION  src/Orders.java:19  Bad SQL
            medium    MD5            src/Secrets.java:4  Weak hash
            2 findings: 1 high, 1 medium
            """);
  }

  @Test
  void colourIsForTerminalsAlone() {
    Findings findings = new Findings(List.of(SQL));

    assertThat(new FindingsTable(true).of(findings)).contains("\u001b[1;31mhigh    \u001b[0m");
    assertThat(new FindingsTable(false).of(findings)).doesNotContain("\u001b");
  }

  /** A file of the scanned project could otherwise write over what the reader has seen. */
  @Test
  void namesFromTheScannedCodeCannotSteerTheTerminal() {
    Finding hostile =
        new Finding(Severity.LOW, "PMD", "R\u001b[2J", "a\nb\u009b.java", 1, "x\ry\u202ez");

    String table = new FindingsTable(false).of(new Findings(List.of(hostile)));

    assertThat(table.lines()).hasSize(2);
    assertThat(table).doesNotContain("\u001b", "\u009b", "\r", "\u202e");
  }

  @Test
  void longTextsAreCut() {
    Finding wordy = new Finding(Severity.LOW, "PMD", "R".repeat(99), "f", 1, "m".repeat(999));

    String line =
        new FindingsTable(false).of(new Findings(List.of(wordy))).lines().toList().getFirst();

    assertThat(line).hasSizeLessThan(240).contains("R…").endsWith("m…");
  }

  @Test
  void nothingFoundIsSaid() {
    assertThat(new FindingsTable(false).of(new Findings(List.of()))).isEqualTo("no findings\n");
    assertThat(new FindingsTable(false).sum(new Findings(List.of(SQL))))
        .isEqualTo("1 finding: 1 high");
  }
}
