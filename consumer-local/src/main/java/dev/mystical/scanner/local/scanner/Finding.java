package dev.mystical.scanner.local.scanner;

/**
 * One finding of a report.
 *
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
