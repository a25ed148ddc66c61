package dev.mystical.scanner.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void coloursAreLeftOutWhereSomebodyAsksForNone() {
    assertThat(Terminal.coloursWanted(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.coloursWanted(Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
    assertThat(Terminal.coloursWanted(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.coloursWanted(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.coloursWanted(Map.of())).isFalse();
  }

  @Test
  void linesAreWrittenOverWhereAPersonLooksAtATerminal() {
    Map<String, String> wide = Map.of("TERM", "xterm", "COLUMNS", "132", "NO_COLOR", "1");
    assertThat(Terminal.Looks.of(true, wide)).isEqualTo(new Terminal.Looks(false, true, 132));
    assertThat(Terminal.Looks.of(false, wide)).isEqualTo(new Terminal.Looks(false, false, 132));
    assertThat(Terminal.Looks.of(true, Map.of("TERM", "dumb", "COLUMNS", "0")))
        .isEqualTo(new Terminal.Looks(false, false, 80));
  }

  @Test
  void aReaderWhoIsGoneEndsTheAnswer() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(closed, true, UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
            Terminal.Looks.of(false, Map.of()));
    assertThatThrownBy(() -> terminal.answer("line")).isInstanceOf(OutputClosed.class);
  }

  @Test
  void textFromElsewhereCannotMoveTheCursor() {
    assertThat(Terminal.plain("a\u001b[2Jb\nc")).isEqualTo("a [2Jb c");
  }
}
