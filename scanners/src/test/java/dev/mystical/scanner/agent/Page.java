package dev.mystical.scanner.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, as somebody reads it who does what it says.
 *
 * @param blocks its fenced blocks, in order
 */
record Page(List<Block> blocks) {
  private static final Pattern FENCED =
      Pattern.compile("([^\\n]*)\\n\\n```(\\w+)\\n(.*?)\\n```\\n", Pattern.DOTALL);
  private static final Pattern FILE = Pattern.compile("^`(scanners/[\\w./-]+)`");

  /**
   * One fenced block.
   *
   * @param file the file that it is, where the line above begins with its name
   */
  record Block(Optional<String> file, String language, String text) {}

  static Page read(Path page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher fenced = FENCED.matcher(Files.readString(page));
    while (fenced.find()) {
      Matcher file = FILE.matcher(fenced.group(1));
      blocks.add(
          new Block(
              file.find() ? Optional.of(file.group(1)) : Optional.empty(),
              fenced.group(2),
              fenced.group(3) + "\n"));
    }
    return new Page(List.copyOf(blocks));
  }

  /** Writes its files below a folder. */
  void writeFiles(Path root) throws IOException {
    for (Block block : blocks) {
      if (block.file().isPresent()) {
        Path file = root.resolve(block.file().get());
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.text());
      }
    }
  }

  /** What is to be typed, or written down, of a language. */
  List<String> texts(String language) {
    return blocks.stream()
        .filter(block -> block.file().isEmpty() && block.language().equals(language))
        .map(Block::text)
        .toList();
  }
}
