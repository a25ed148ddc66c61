package dev.mystical.scanner.local;

import java.io.PrintStream;

/** What a person who runs the local mode reads: coloured on a terminal, plain elsewhere. */
final class Voice {
  private static final String RESET = "\u001b[0m";

  /** How a step looks. */
  enum Tone {
    STEP("\u001b[36m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    QUIET("\u001b[2m");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final boolean coloured;

  Voice(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  synchronized void say(Tone tone, String who, String what) {
    String label = "%-8s".formatted(who);
    out.println((coloured ? tone.code + label + RESET : label) + " " + what);
  }

  /** A text of several lines, as it is. */
  synchronized void show(String text) {
    out.println(text);
  }
}
