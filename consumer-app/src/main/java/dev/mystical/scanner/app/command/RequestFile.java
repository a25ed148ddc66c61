package dev.mystical.scanner.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A request, in a file or on standard input. */
final class RequestFile {
  /** More than any good request has; whoever reads it says what is too much. */
  private static final int MOST_READ = 1 << 20;

  private RequestFile() {}

  /** Throws {@link UsageProblem} where there is no text to read. */
  static String read(String file, Terminal terminal) {
    try (InputStream in = file.equals("-") ? terminal.in() : Files.newInputStream(Path.of(file))) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.readNBytes(MOST_READ)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new UsageProblem(file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new UsageProblem(file + " cannot be read", e);
    }
  }
}
