package dev.mystical.scanner.app.command;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, as wide as their widest. */
final class Table {
  private final Terminal terminal;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Terminal.Style> firstCells = new ArrayList<>();

  Table(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Adds a row; the style is its first cell's. */
  void row(Terminal.Style style, String... cells) {
    firstCells.add(style);
    rows.add(List.of(cells).stream().map(Terminal::plain).toList());
  }

  void print() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      terminal.answer(line(rows.get(i), widths, firstCells.get(i)));
    }
  }

  private String line(List<String> row, int[] widths, Terminal.Style style) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      line.append(i == 0 ? terminal.styled(style, cell) : cell);
      // Spaces at the end of a line are in the way of whoever copies it.
      if (i < row.size() - 1) {
        line.append(" ".repeat(widths[i] - cell.length() + 2));
      }
    }
    return line.toString().stripTrailing();
  }
}
