package dev.mystical.scanner.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the program this is. */
public final class ProgramVersion {
  // Written into the jar by Maven; classes in a folder have none.
  private static final String PROPERTIES =
      "/META-INF/maven/dev.mystical.scanner/consumer-app/pom.properties";

  private ProgramVersion() {}

  public static String text() {
    try (InputStream in = ProgramVersion.class.getResourceAsStream(PROPERTIES)) {
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
