package dev.mystical.scanner.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** A terminal that keeps what is written to it. */
public final class RecordingTerminal {
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

  public static RecordingTerminal plain() {
    return new RecordingTerminal("", false);
  }

  public static RecordingTerminal coloured() {
    return new RecordingTerminal("", true);
  }

  public static RecordingTerminal reading(String input) {
    return new RecordingTerminal(input, false);
  }

  public Terminal terminal() {
    return terminal;
  }

  public String answered() {
    return out.toString(UTF_8);
  }

  public String said() {
    return err.toString(UTF_8);
  }
}
