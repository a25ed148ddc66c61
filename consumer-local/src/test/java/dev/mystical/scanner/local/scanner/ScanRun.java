package dev.mystical.scanner.local.scanner;

import dev.mystical.scanner.wire.report.Finding;
import dev.mystical.scanner.wire.report.FindingsReader;
import dev.mystical.scanner.wire.report.ReportLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scan run to its end in a process of its own, as the local ECS starts it: the command of the
 * provider, the variables of the contract, a work folder.
 */
record ScanRun(int exitCode, String output, Path work) {

  private static final Duration LONGEST = Duration.ofSeconds(100);

  static ScanRun of(LocalProvider provider, Path target, Path work)
      throws IOException, InterruptedException {
    return of(provider, target, work, Map.of());
  }

  static ScanRun of(LocalProvider provider, Path target, Path work, Map<String, String> more)
      throws IOException, InterruptedException {
    Process process = start(command(provider), target, work, more);
    String output;
    try (var in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return new ScanRun(process.waitFor(), output, work);
  }

  static Process start(List<String> command, Path target, Path work, Map<String, String> more)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
    environment.put("SCAN_PROJECT_KEY", "shop");
    environment.put("SCAN_TARGET_TYPE", "path");
    environment.put("SCAN_TARGET_URL", target.toAbsolutePath().normalize().toString());
    // A scan that hangs ends by its own deadline, and the test with it.
    environment.put("SCAN_DEADLINE", Instant.now().plus(LONGEST).toString());
    environment.putAll(more);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static List<String> command(LocalProvider provider) {
    return switch (provider.readiness()) {
      case LocalProvider.Readiness.Ready ready -> ready.command();
      case LocalProvider.Readiness.Missing missing ->
          throw new IllegalStateException(missing.sentence());
    };
  }

  Path report() {
    return work.resolve("report.sarif");
  }

  /** What the report tells, as the server reads it. */
  static List<Finding> findings(Path report) throws IOException {
    return FindingsReader.read(
            List.of(() -> Files.newInputStream(report)), 1_000, ReportLimits.STANDARD)
        .worst();
  }
}
