package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Says which program this is. */
final class VersionCommand {
  // Written into the jar by Maven; classes in a folder have none.
  private static final String PROPERTIES =
      "/META-INF/maven/dev.mystical.scanner/consumer-app/pom.properties";

  private VersionCommand() {}

  static ExitCode run(Terminal terminal, boolean json) {
    String version = version();
    String java = Runtime.version().toString();
    terminal.answer(
        json
            ? JsonNodeFactory.instance
                .objectNode()
                .put("version", version)
                .put("java", java)
                .toString()
            : "mystical-scanner-consumer %s (Java %s)".formatted(version, java));
    return ExitCode.DONE;
  }

  static String version() {
    try (InputStream in = VersionCommand.class.getResourceAsStream(PROPERTIES)) {
      if (in == null) {
        return "development";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
