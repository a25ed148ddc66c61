package dev.mystical.scanner.app.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines that change: written over where a person is looking, and else written again, each for
 * itself, where the answer is not in the way.
 */
final class LiveLines {
  private final Terminal terminal;
  private final boolean inPlace;
  private List<String> shown = List.of();

  /**
   * @param inPlace whether to write over; only where the terminal can
   */
  LiveLines(Terminal terminal, boolean inPlace) {
    this.terminal = terminal;
    this.inPlace = inPlace && terminal.looks().redraws();
  }

  /** Whether lines may change often. */
  boolean inPlace() {
    return inPlace;
  }

  void show(List<String> lines) {
    if (inPlace) {
      // A line that is wrapped would be two, and one of them would stay.
      List<String> cut = lines.stream().map(this::cut).toList();
      terminal.redraw(shown.size(), cut);
      shown = cut;
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      if (i >= shown.size() || !shown.get(i).equals(lines.get(i))) {
        terminal.say(Terminal.plain(lines.get(i)));
      }
    }
    shown = new ArrayList<>(lines);
  }

  /** Says something that stays. */
  void say(String line) {
    if (inPlace) {
      terminal.redraw(shown.size(), List.of());
      terminal.say(Terminal.plain(line));
      terminal.redraw(0, shown);
    } else {
      terminal.say(Terminal.plain(line));
    }
  }

  private String cut(String line) {
    String plain = Terminal.plain(line);
    int most = terminal.looks().width() - 1;
    return plain.length() <= most ? plain : plain.substring(0, most - 1) + "…";
  }
}
