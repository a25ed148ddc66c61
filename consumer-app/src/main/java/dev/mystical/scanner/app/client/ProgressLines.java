package dev.mystical.scanner.app.client;

import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** How far a scan is, in a line for each of its runs. */
public final class ProgressLines {
  /** The longest status there is. */
  private static final int STATUS = "PROVISIONING".length();

  private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED");

  private ProgressLines() {}

  /** In columns, whose widths stay while the scan goes on. */
  public static List<String> of(ScanState scan) {
    return lines(scan, percent -> percent);
  }

  /** The same, but for logs: a line changes only where a reader would want another one. */
  public static List<String> coarse(ScanState scan) {
    return lines(scan, percent -> percent / 10 * 10);
  }

  private static List<String> lines(ScanState scan, IntUnaryOperator rounding) {
    int provider = scan.runs().stream().mapToInt(it -> it.provider().length()).max().orElse(0);
    return scan.runs().stream().map(run -> line(run, provider, rounding)).toList();
  }

  private static String line(RunState run, int provider, IntUnaryOperator rounding) {
    StringBuilder line = new StringBuilder();
    line.append(padded(run.provider(), provider)).append("  ");
    line.append(padded(run.status(), STATUS)).append("  ");
    line.append(run.attempt() == 0 ? padded("", 10) : padded("attempt " + run.attempt(), 10));
    if (!ENDED.contains(run.status())) {
      String percent =
          run.percent().map(it -> "%3d%%".formatted(rounding.applyAsInt(it))).orElse("    ");
      line.append("  ").append(percent).append("  ").append(run.phase().orElse(""));
    }
    run.error().ifPresent(error -> line.append("  ").append(error));
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
