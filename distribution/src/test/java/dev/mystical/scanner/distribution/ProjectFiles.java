package dev.mystical.scanner.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The files of the project that tests of this module read. */
final class ProjectFiles {
  /** The folder of all modules. */
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private ProjectFiles() {}

  static String text(String file) {
    return text(PROJECT.resolve(file));
  }

  /** A JSON or YAML document; CloudFormation's short tags are left out, their values stay. */
  static JsonNode document(String file) {
    try {
      return file.endsWith(".json")
          ? new ObjectMapper().readTree(text(file))
          : new YAMLMapper().readTree(text(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The main sources of all modules, or of one. */
  static List<String> sources(String module) {
    try (Stream<Path> files = Files.walk(PROJECT.resolve(module))) {
      return files
          .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .map(ProjectFiles::text)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every text in a document, however deep. */
  static List<String> texts(JsonNode document) {
    List<String> texts = new ArrayList<>();
    walk(
        document,
        node -> {
          if (node.isTextual()) {
            texts.add(node.textValue());
          }
        });
    return texts;
  }

  static void walk(JsonNode node, Consumer<JsonNode> visitor) {
    visitor.accept(node);
    node.forEach(child -> walk(child, visitor));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
