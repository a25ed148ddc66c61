package dev.mystical.scanner.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** A terminal that keeps what is written to it. */
final class RecordingTerminal {
  private static final Terminal.Looks PLAIN = new Terminal.Looks(false, false, 80);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private RecordingTerminal(String input, Terminal.Looks looks) {
    terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            looks);
  }

  static RecordingTerminal plain() {
    return new RecordingTerminal("", PLAIN);
  }

  static RecordingTerminal coloured() {
    return new RecordingTerminal("", new Terminal.Looks(true, true, 80));
  }

  /** One of a person, who likes no colours. */
  static RecordingTerminal redrawn() {
    return new RecordingTerminal("", new Terminal.Looks(false, true, 40));
  }

  static RecordingTerminal reading(String input) {
    return new RecordingTerminal(input, PLAIN);
  }

  Terminal terminal() {
    return terminal;
  }

  String answered() {
    return out.toString(UTF_8);
  }

  String said() {
    return err.toString(UTF_8);
  }
}
