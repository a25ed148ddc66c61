package dev.mystical.scanner.app;

import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.app.settings.SettingsSources;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The program's entry. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    Serving.serve(
        Settings.from(
            new SettingsSources(
                Map.of(), System.getenv(), Path.of(""), Optional.empty(), Optional.empty())));
  }
}
