package dev.mystical.scanner.local.scanner;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Findings as a table for people. What comes from the scanned code is stripped of control
 * characters: a file's name must not steer the reader's terminal.
 */
public final class FindingsTable {

  private static final String RESET = "\u001b[0m";
  private static final int WIDEST_RULE = 40;
  private static final int WIDEST_PLACE = 60;
  private static final int WIDEST_MESSAGE = 110;
  private static final int SEVERITY_WIDTH = 8;

  private final boolean coloured;

  /**
   * A table.
   *
   * @param coloured true for a terminal, see {@link Terminal}
   */
  public FindingsTable(boolean coloured) {
    this.coloured = coloured;
  }

  /** One line for each finding, then their sum; each line ends with a line feed. */
  public String of(Findings findings) {
    int rule = width(findings.all().stream().map(Finding::rule).toList(), WIDEST_RULE);
    int place = width(findings.all().stream().map(Finding::place).toList(), WIDEST_PLACE);
    StringBuilder table = new StringBuilder();
    for (Finding finding : findings.all()) {
      table.append(severity(finding.severity())).append("  ");
      table.append(padded(finding.rule(), rule)).append("  ");
      table.append(padded(finding.place(), place)).append("  ");
      table.append(cut(finding.message(), WIDEST_MESSAGE)).append('\n');
    }
    return table.append(sum(findings)).append('\n').toString();
  }

  /** Such as {@code 3 findings: 1 high, 2 medium}. */
  public String sum(Findings findings) {
    int total = findings.all().size();
    if (total == 0) {
      return "no findings";
    }
    String parts =
        Arrays.stream(Severity.values())
            .filter(severity -> findings.count(severity) > 0)
            .map(severity -> findings.count(severity) + " " + severity.label())
            .collect(Collectors.joining(", "));
    return total + (total == 1 ? " finding: " : " findings: ") + parts;
  }

  private String severity(Severity severity) {
    String text = padded(severity.label(), SEVERITY_WIDTH);
    return coloured ? severity.colour() + text + RESET : text;
  }

  private static int width(List<String> texts, int widest) {
    int longest = texts.stream().mapToInt(String::length).max().orElse(0);
    return Math.min(longest, widest);
  }

  private static String padded(String text, int width) {
    String cut = cut(text, width);
    return cut + " ".repeat(width - cut.length());
  }

  private static String cut(String text, int width) {
    String plain = text.replaceAll("\\p{C}+", " ").strip();
    return plain.length() <= width ? plain : plain.substring(0, width - 1) + "…";
  }
}
