package dev.mystical.scanner.local.scanner;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A scanner program. */
interface Tool {

  /** The provider's id. */
  String id();

  /**
   * Readies the folder and gives the command that scans them and writes SARIF to {@code report}.
   *
   * @throws ScanBroken if not all of the folder's sources can be looked at
   */
  List<String> command(ScanOrder order, Path report, Progress progress);

  /** What the tool's exit code says went wrong; empty when it has scanned, findings or not. */
  Optional<String> complaint(int exitCode);
}
