package dev.mystical.scanner.wire.report;

import dev.mystical.scanner.domain.report.Severity;

/**
 * One finding of a report, as far as a list of findings shows it. Its texts come from whoever wrote
 * the report, in one line each.
 *
 * @param tool what found it; empty where the report names none
 * @param file relative to what was scanned; empty where the report names none
 * @param line from 1; 0 where the report names none
 */
public record Finding(
    Severity severity, String tool, String rule, String file, int line, String message) {

  /** {@code file:line}, or what of it is known. */
  public String place() {
    if (file.isEmpty()) {
      return "-";
    }
    return line == 0 ? file : file + ":" + line;
  }
}
