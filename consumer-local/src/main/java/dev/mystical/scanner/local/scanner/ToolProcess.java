package dev.mystical.scanner.local.scanner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a tool to its end. The tool dies with us, however we die: a small shell holds the other end
 * of a pipe, which the system closes for us, and then kills the tool.
 */
final class ToolProcess {

  private static final String KEEPER =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      tool=$!
      { read -r _ <&3; kill -9 $tool; } >/dev/null 2>&1 &
      watcher=$!
      exec 3<&-
      wait $tool
      code=$?
      kill $watcher 2>/dev/null
      exit $code
      """;

  private ToolProcess() {}

  /** The tool's exit code; what it prints goes where our output goes. */
  static int run(List<String> command, Path work) throws InterruptedException {
    List<String> kept = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "tool-keeper"));
    kept.addAll(command);
    try {
      Process process =
          new ProcessBuilder(kept)
              .directory(work.toFile())
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      // The scan's deadline is kept by ScanProcess, which ends us and with us the tool.
      return process.waitFor();
    } catch (IOException e) {
      throw new ScanBroken(ExitCode.TOOL_FAILED, "cannot start " + command.getFirst(), e);
    }
  }
}
