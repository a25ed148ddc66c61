package dev.mystical.scanner.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsDocumentsTest {
  private static final Path DOCUMENTS = Path.of("..", "config");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z_]+)=(.*)$");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void everySettingIsInTheDocuments(Key key) throws IOException {
    assertThat(Files.readString(DOCUMENTS.resolve("reference.md")))
        .contains("| `%s` | `%s` |".formatted(key.name(), key.path()));
    assertThat(Files.readString(DOCUMENTS.resolve(".env.example")))
        .containsPattern("(?m)^#?%s=.".formatted(key.name()));
  }

  @Test
  void theExampleFileIsGoodAsItStands() {
    Settings settings =
        Settings.from(
            new SettingsSources(
                Map.of(),
                Map.of(),
                folder,
                Optional.of(DOCUMENTS.resolve(".env.example")),
                Optional.empty()));
    assertThat(settings.providers()).hasSize(1);
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void theExampleFileIsGoodWithEveryCommentTakenAway() throws IOException {
    Matcher examples = EXAMPLE.matcher(Files.readString(DOCUMENTS.resolve(".env.example")));
    StringBuilder all = new StringBuilder();
    while (examples.find()) {
      // It excludes CAPACITY_PROVIDERS.
      if (!examples.group(1).equals(Key.LAUNCH_TYPE.name())) {
        all.append(examples.group(1)).append('=').append(examples.group(2)).append('\n');
      }
    }
    Path file = Files.writeString(folder.resolve(".env"), all);
    Settings settings =
        Settings.from(
            new SettingsSources(Map.of(), Map.of(), folder, Optional.of(file), Optional.empty()));
    assertThat(settings.warnings()).isEmpty();
  }
}
