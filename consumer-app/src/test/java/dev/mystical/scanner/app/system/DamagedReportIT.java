package dev.mystical.scanner.app.system;

import static dev.mystical.scanner.app.system.CrashStand.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of a stored report, nobody takes it for the one that came in. */
class DamagedReportIT {
  private static final String SCAN = "scan-1";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"redis", "file"})
  void aReportWithAnotherBitIsBrokenOffAndToldOf(String store)
      throws IOException, InterruptedException {
    Path reports = folder.resolve("reports");
    try (CrashStand stand = CrashStand.in(folder)) {
      Map<String, String> settings = stand.settings();
      settings.put("REPORT_STORE", store.equals("file") ? "file:" + reports : store);
      Replica server = stand.server(settings);
      stand.finished(SCAN, server);
      stand.webhook().answer(204);
      stand.assertWhole(server, SCAN, "found");

      if (store.equals("file")) {
        damageFile(reports);
      } else {
        damageChunk(stand);
      }

      assertThatThrownBy(() -> server.get("/v1/scans/" + SCAN + "/report"))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(stand.events().awaitError("INTERNAL", PATIENCE))
          .containsEntry("scanId", SCAN)
          .containsEntry("stage", "report");
    }
  }

  private static void damageFile(Path reports) throws IOException {
    List<Path> stored;
    try (Stream<Path> files = Files.walk(reports)) {
      stored = files.filter(Files::isRegularFile).toList();
    }
    assertThat(stored).hasSize(1);
    Files.write(stored.getFirst(), damaged(Files.readAllBytes(stored.getFirst())));
  }

  private static void damageChunk(CrashStand stand) {
    byte[] report =
        stand.events().redis().keys("scanner:report:*").iterator().next().getBytes(UTF_8);
    byte[] first = "0".getBytes(UTF_8);
    stand
        .events()
        .redis()
        .hset(report, Map.of(first, damaged(stand.events().redis().hget(report, first))));
  }

  private static byte[] damaged(byte[] packed) {
    byte[] damaged = packed.clone();
    damaged[damaged.length / 2] ^= 1;
    return damaged;
  }
}
