package dev.mystical.scanner.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.collect.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressDocumentTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  @Test
  void progressComesBackAsItWas() {
    Progress some = new Progress(Optional.of("€"), Optional.of(100), Optional.of("\"\n"), NOW);
    Progress bare = new Progress(Optional.empty(), Optional.empty(), Optional.empty(), NOW);

    for (Progress progress : List.of(some, bare)) {
      assertThat(ProgressDocument.decode(ProgressDocument.encode(progress))).isEqualTo(progress);
    }
  }

  @Test
  void whatIsNoProgressIsUnreadable() {
    for (String document :
        List.of(
            "",
            "[]",
            "{}",
            "{\"at\":\"x\"}",
            "{\"at\":\"2026-01-02T03:04:05Z\",\"percent\":101}",
            "{\"at\":\"2026-01-02T03:04:05Z\",\"percent\":9999999999}",
            "{\"at\":\"2026-01-02T03:04:05Z\",\"phase\":1}")) {
      assertThatThrownBy(() -> ProgressDocument.decode(document))
          .as(document)
          .isInstanceOf(UnreadableDocument.class);
    }
  }
}
