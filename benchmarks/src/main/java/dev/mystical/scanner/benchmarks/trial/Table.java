package dev.mystical.scanner.benchmarks.trial;

import java.util.ArrayList;
import java.util.List;

/** The figures as a table in Markdown, which also reads well as it is. */
final class Table {
  private Table() {}

  static String of(List<Figure> figures, Samples samples) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("", "ours", "bare loop", "Node.js", "ours/bare", "ours/Node", "target", ""));
    for (Figure figure : figures) {
      lines.add(
          List.of(
              figure.title(),
              figure.cell(samples, Contender.OURS),
              figure.cell(samples, Contender.BARE),
              figure.cell(samples, Contender.NODE),
              figure.ratio(samples, Contender.BARE),
              figure.ratio(samples, Contender.NODE),
              figure.goal().words(),
              figure.verdict(samples)));
    }
    int[] widths = widths(lines);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      append(text, lines.get(i), widths, ' ');
      if (i == 0) {
        append(text, lines.getFirst().stream().map(cell -> "").toList(), widths, '-');
      }
    }
    return text.toString();
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return widths;
  }

  private static void append(StringBuilder text, List<String> line, int[] widths, char fill) {
    for (int i = 0; i < widths.length; i++) {
      String padding = String.valueOf(fill).repeat(widths[i] - line.get(i).length());
      text.append("| ").append(line.get(i)).append(padding).append(' ');
    }
    text.append("|\n");
  }
}
