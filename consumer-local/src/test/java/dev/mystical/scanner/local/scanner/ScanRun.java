package dev.mystical.scanner.local.scanner;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.local.scanner.LocalProvider.Readiness;
import dev.mystical.scanner.wire.report.Finding;
import dev.mystical.scanner.wire.report.FindingsReader;
import dev.mystical.scanner.wire.report.ReportFormat;
import dev.mystical.scanner.wire.report.ReportLimits;
import dev.mystical.scanner.wire.report.ReportOutcome;
import dev.mystical.scanner.wire.report.ReportReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scan run to its end under the agent in a process of its own, as the local ECS starts it, but
 * without a server: the report stays in the work folder.
 */
record ScanRun(int exitCode, String output, Path report) {

  private static final Path AGENT = Path.of("../scanners/agent/agent").toAbsolutePath().normalize();
  private static final Duration LONGEST = Duration.ofSeconds(100);

  static ScanRun of(LocalProvider provider, Path target, Path work)
      throws IOException, InterruptedException {
    return of(provider, target, work, Map.of());
  }

  static ScanRun of(LocalProvider provider, Path target, Path work, Map<String, String> more)
      throws IOException, InterruptedException {
    Readiness.Ready ready =
        switch (provider.readiness()) {
          case Readiness.Ready it -> it;
          case Readiness.Missing(String sentence) -> throw new IllegalStateException(sentence);
        };
    Path report = work.resolve("report.sarif");
    Map<String, String> environment = new HashMap<>(ready.definition());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("TMPDIR", work.toString());
    environment.put("SCAN_PROJECT_KEY", "shop");
    environment.put("SCAN_TARGET_TYPE", "path");
    environment.put("SCAN_TARGET_URL", target.toAbsolutePath().normalize().toString());
    environment.put("SCAN_REPORT", report.toString());
    // A scan that hangs ends by its own deadline, and the test with it.
    environment.put("SCAN_DEADLINE", Instant.now().plus(LONGEST).toString());
    environment.putAll(more);
    ProcessBuilder builder =
        new ProcessBuilder(List.of(AGENT.toString(), "--", ready.entry().toString()))
            .directory(work.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output;
    try (var in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return new ScanRun(process.waitFor(), output, report);
  }

  /** What the report tells, as the server reads it. */
  List<Finding> findings() throws IOException {
    return FindingsReader.read(
            List.of(() -> Files.newInputStream(report)), 1_000, ReportLimits.STANDARD)
        .worst();
  }

  /** What the server would take from it. */
  Coverage coverage() throws IOException {
    Path scratch = Files.createTempDirectory("scan-run");
    try {
      ReportOutcome outcome =
          new ReportReader(ReportLimits.STANDARD, List.of(), scratch)
              .read(
                  () -> Files.newInputStream(report),
                  ReportFormat.SARIF,
                  OutputStream.nullOutputStream());
      return switch (outcome) {
        case ReportOutcome.Read read -> read.summary().coverage();
        case ReportOutcome.Unreadable unreadable -> throw new AssertionError(unreadable);
        case ReportOutcome.TooLarge large -> throw new AssertionError(large);
      };
    } finally {
      Files.delete(scratch);
    }
  }
}
