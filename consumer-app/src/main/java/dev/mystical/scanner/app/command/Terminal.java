package dev.mystical.scanner.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * What a command reads and writes. Answers go to the one stream, and what is said about them to the
 * other, so that a program that reads the first gets the answer alone. One thread at a time.
 */
public final class Terminal {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Looks looks;

  Terminal(InputStream in, PrintStream out, PrintStream err, Looks looks) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.looks = looks;
  }

  /**
   * What the answer's stream can show.
   *
   * @param redraws whether lines can be written over
   * @param width in characters
   */
  record Looks(boolean colours, boolean redraws, int width) {
    private static final int USUAL = 80;

    static Looks of(boolean person, Map<String, String> environment) {
      boolean capable = person && !environment.getOrDefault("TERM", "dumb").equals("dumb");
      String columns = environment.getOrDefault("COLUMNS", "");
      return new Looks(
          person && coloursWanted(environment),
          capable,
          columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL);
    }
  }

  /**
   * The process's own streams, in UTF-8. Colours are used where a person is looking who did not ask
   * for none (see no-color.org).
   */
  @SuppressWarnings("SystemConsoleNull") // with jdk.console as set here it is null for pipes
  public static Terminal ofProcess(
      InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
    return new Terminal(
        in,
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        Looks.of(person(), environment));
  }

  // With the console that is chosen here, null does mean that there is none.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean person() {
    // From JDK 22 to 24 another kind is the default, which is there for pipes as well.
    if (System.getProperty("jdk.console") == null) {
      System.setProperty("jdk.console", "java.base");
    }
    return System.console() != null;
  }

  static boolean coloursWanted(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** How a piece of text looks. */
  enum Style {
    GOOD("32"),
    DOUBTFUL("33"),
    BAD("31"),
    TITLE("1");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  InputStream in() {
    return in;
  }

  Looks looks() {
    return looks;
  }

  /** Writes so many lines over, and these in their place. */
  void redraw(int over, List<String> lines) {
    out.print("\r" + "\u001b[A\u001b[2K".repeat(over));
    lines.forEach(out::println);
    if (out.checkError()) {
      throw new OutputClosed();
    }
  }

  /** Writes a line of the answer; throws {@link OutputClosed} when nobody reads it any more. */
  void answer(String line) {
    out.println(line);
    if (out.checkError()) {
      throw new OutputClosed();
    }
  }

  /** Says something about the answer. */
  void say(String line) {
    err.println(line);
  }

  String styled(Style style, String text) {
    return looks.colours() && !text.isEmpty()
        ? "\u001b[%sm%s\u001b[0m".formatted(style.code, text)
        : text;
  }

  /** Text from elsewhere, without what would move a cursor or change a colour. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
