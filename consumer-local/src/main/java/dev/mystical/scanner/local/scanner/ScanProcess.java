package dev.mystical.scanner.local.scanner;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One scan from its order to its report. {@code report.sarif} appears in the work folder only when
 * the scan worked and is then complete.
 */
final class ScanProcess {

  static final String REPORT = "report.sarif";

  private final Tool tool;
  private final Path allowedRoot;
  private final PrintStream out;

  ScanProcess(Tool tool, Path allowedRoot, PrintStream out) {
    this.tool = tool;
    this.allowedRoot = allowedRoot;
    this.out = out;
  }

  /**
   * What a scanner's main does: scans by the process's environment, and ends the process.
   *
   * @param args the folder of the tool's jars, and the folder that may be scanned
   */
  @SuppressWarnings("SystemOut") // a container speaks by its output
  static void main(String[] args, Function<Path, Tool> tool) {
    if (args.length != 2) {
      System.err.println("usage: <folder of the tool's jars> <folder that may be scanned>");
      System.exit(ExitCode.ORDER_REFUSED.code());
    }
    ScanProcess scan = new ScanProcess(tool.apply(Path.of(args[0])), Path.of(args[1]), System.out);
    System.exit(scan.run(System.getenv(), Path.of("").toAbsolutePath()).code());
  }

  /** Scans; never throws. */
  ExitCode run(Map<String, String> environment, Path work) {
    try {
      ScanOrder order = ScanOrder.read(environment, allowedRoot, work);
      order.deadline().ifPresent(deadline -> Deadline.watch(deadline, this::step));
      int findings = scan(order);
      HandOver.to(environment, order.work().resolve(REPORT));
      step("done: " + findings + " findings in " + REPORT);
      return ExitCode.SCANNED;
    } catch (ScanBroken e) {
      step("failed: " + e.getMessage());
      return e.exitCode();
    } catch (InterruptedException e) {
      step("stopped");
      return ExitCode.UNEXPECTED;
    } catch (IOException | RuntimeException e) {
      step("failed: " + e);
      return ExitCode.UNEXPECTED;
    }
  }

  private int scan(ScanOrder order) throws IOException, InterruptedException {
    step("scanning project " + order.project() + " in " + order.target());
    Path raw = order.work().resolve("tool.sarif");
    Files.deleteIfExists(raw);
    Files.deleteIfExists(order.work().resolve(REPORT));
    int exitCode = ToolProcess.run(tool.command(order, raw, this::step), order.work());
    Optional<String> complaint = tool.complaint(exitCode);
    if (complaint.isPresent()) {
      throw new ScanBroken(ExitCode.TOOL_FAILED, complaint.get());
    }
    step("checking the report");
    return publish(raw, order);
  }

  private static int publish(Path raw, ScanOrder order) throws IOException {
    var report = SarifCheck.read(raw);
    SarifPaths.relativeTo(order.target(), report);
    Path whole = order.work().resolve(REPORT + ".new");
    SarifCheck.JSON.writeValue(whole.toFile(), report);
    Files.move(whole, order.work().resolve(REPORT), StandardCopyOption.ATOMIC_MOVE);
    int findings = 0;
    for (var run : report.path("runs")) {
      findings += run.path("results").size();
    }
    return findings;
  }

  private void step(String sentence) {
    out.println(tool.id() + ": " + sentence);
    out.flush();
  }
}
