package dev.mystical.scanner.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** A terminal that keeps what is written to it. */
final class RecordingTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private RecordingTerminal(String input, boolean colours) {
    terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            colours);
  }

  static RecordingTerminal plain() {
    return new RecordingTerminal("", false);
  }

  static RecordingTerminal coloured() {
    return new RecordingTerminal("", true);
  }

  static RecordingTerminal reading(String input) {
    return new RecordingTerminal(input, false);
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
