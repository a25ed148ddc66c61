package dev.mystical.scanner.stand;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads what a Redis client sends, one command at a time. For one thread. */
final class RedisCommands {
  private static final int LONGEST_LINE = 32;

  private final InputStream in;

  RedisCommands(InputStream in) {
    this.in = in;
  }

  /**
   * The next command: its name and arguments, a character for each byte. Throws {@link
   * EOFException} where there is none any more.
   */
  List<String> next() throws IOException {
    List<String> words = new ArrayList<>();
    for (int left = number('*'); left > 0; left--) {
      int length = number('$');
      byte[] word = in.readNBytes(length + 2);
      if (word.length < length + 2) {
        throw new EOFException("in the middle of a command");
      }
      words.add(new String(word, 0, length, ISO_8859_1));
    }
    return words;
  }

  /** A command as a client sends it. */
  static byte[] bytes(List<String> words) {
    StringBuilder command = new StringBuilder("*").append(words.size()).append("\r\n");
    for (String word : words) {
      command.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return command.toString().getBytes(ISO_8859_1);
  }

  private int number(char kind) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("no more commands");
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("no command of a client's: " + line);
      }
      line.append((char) next);
    }
    if (line.isEmpty() || line.charAt(0) != kind) {
      throw new IOException("no command of a client's: " + line);
    }
    return Integer.parseInt(line.substring(1).strip());
  }
}
