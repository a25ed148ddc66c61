package dev.mystical.scanner.local.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Puts a report where the agent wants it, if one runs the scanner. */
final class HandOver {
  private static final String WANTED = "SCAN_REPORT";

  private HandOver() {}

  static void to(Map<String, String> environment, Path report) throws IOException {
    String wanted = environment.getOrDefault(WANTED, "");
    if (!wanted.isEmpty()) {
      Files.copy(report, Path.of(wanted), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
