package dev.mystical.scanner.local.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a scanner that brings its own program, after the same checks of the order as all. The
 * program finds the folder in {@code SCAN_TARGET_URL}; its exit code decides, and the report where
 * it leaves one.
 */
public final class CheckedCommand {

  private CheckedCommand() {}

  /**
   * Scans and ends the process.
   *
   * @param args the folder that may be scanned, then the command
   */
  @SuppressWarnings("SystemOut") // a container speaks by its output
  public static void main(String[] args) throws InterruptedException {
    if (args.length < 2) {
      System.err.println("usage: <folder that may be scanned> <command> [argument]...");
      System.exit(ExitCode.ORDER_REFUSED.code());
    }
    System.exit(run(args, System.out::println).code());
  }

  private static ExitCode run(String[] args, Progress progress) throws InterruptedException {
    List<String> command = Arrays.asList(args).subList(1, args.length);
    try {
      ScanOrder order =
          ScanOrder.read(System.getenv(), Path.of(args[0]), Path.of("").toAbsolutePath());
      order.deadline().ifPresent(deadline -> Deadline.watch(deadline, progress));
      progress.step("scanning project " + order.project() + " in " + order.target());
      int exitCode = ToolProcess.run(command, order.work());
      progress.step("the scanner ended with exit code " + exitCode);
      Path report = order.work().resolve(ScanProcess.REPORT);
      if (exitCode == 0 && Files.exists(report)) {
        var unused = SarifCheck.read(report);
        HandOver.to(System.getenv(), report);
      }
      return exitCode == 0 ? ExitCode.SCANNED : ExitCode.TOOL_FAILED;
    } catch (ScanBroken e) {
      progress.step("failed: " + e.getMessage());
      return e.exitCode();
    } catch (IOException e) {
      progress.step("failed: " + e);
      return ExitCode.UNEXPECTED;
    }
  }
}
