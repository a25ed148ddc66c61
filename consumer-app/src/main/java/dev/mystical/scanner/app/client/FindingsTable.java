package dev.mystical.scanner.app.client;

import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.Severity;
import dev.mystical.scanner.wire.report.Finding;
import dev.mystical.scanner.wire.report.Findings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
   * @param coloured whether a person looks at it who likes colours
   */
  public FindingsTable(boolean coloured) {
    this.coloured = coloured;
  }

  /** One line for each of the worst findings; none where there are none. */
  public List<String> lines(Findings findings) {
    int rule = width(findings.worst().stream().map(Finding::rule).toList(), WIDEST_RULE);
    int place = width(findings.worst().stream().map(Finding::place).toList(), WIDEST_PLACE);
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings.worst()) {
      String line =
          "%s  %s  %s  %s"
              .formatted(
                  severity(finding.severity()),
                  padded(finding.rule(), rule),
                  paddedPlace(finding.place(), place),
                  cut(finding.message(), WIDEST_MESSAGE));
      lines.add(line.stripTrailing());
    }
    return lines;
  }

  /** Such as {@code 3 findings: 1 high, 2 medium}. */
  public static String sum(FindingCounts counts) {
    int total = counts.total();
    if (total == 0) {
      return "no findings";
    }
    String parts =
        Arrays.stream(Severity.values())
            .filter(severity -> counts.of(severity) > 0)
            .map(severity -> counts.of(severity) + " " + label(severity))
            .collect(Collectors.joining(", "));
    return total + (total == 1 ? " finding: " : " findings: ") + parts;
  }

  private String severity(Severity severity) {
    String text = padded(label(severity), SEVERITY_WIDTH);
    return coloured ? colour(severity) + text + RESET : text;
  }

  private static String label(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  private static String colour(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "\u001b[1;35m";
      case HIGH -> "\u001b[1;31m";
      case MEDIUM -> "\u001b[33m";
      case LOW -> "\u001b[36m";
      case INFO -> "\u001b[2m";
    };
  }

  private static int width(List<String> texts, int widest) {
    int longest = texts.stream().map(FindingsTable::plain).mapToInt(String::length).max().orElse(0);
    return Math.min(longest, widest);
  }

  private static String padded(String text, int width) {
    String cut = cut(text, width);
    return cut + " ".repeat(width - cut.length());
  }

  /** The end of a path says more than its beginning. */
  private static String paddedPlace(String text, int width) {
    String plain = plain(text);
    String cut =
        plain.length() <= width ? plain : "…" + plain.substring(plain.length() - width + 1);
    return cut + " ".repeat(width - cut.length());
  }

  private static String cut(String text, int width) {
    String plain = plain(text);
    return plain.length() <= width ? plain : plain.substring(0, width - 1) + "…";
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{C}+", " ").strip();
  }
}
