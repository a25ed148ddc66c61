package dev.mystical.scanner.local.scanner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PMD with its rules for security and for errors. It reads sources. */
final class Pmd implements Tool {

  private static final String RULES =
      "category/java/security.xml,category/java/errorprone.xml,category/java/multithreading.xml";

  // Its exit codes: 4 for violations found; 5 for files that it could not read.
  private static final int VIOLATIONS = 4;
  private static final int UNREADABLE_FILES = 5;

  private final Path lib;

  Pmd(Path lib) {
    this.lib = lib;
  }

  @Override
  public String id() {
    return "pmd";
  }

  @Override
  public List<String> command(ScanOrder order, Path report, Progress progress) {
    JavaSources sources = JavaSources.below(order.target());
    progress.step("looking for mistakes in " + sources.files().size() + " files");
    Path list = order.work().resolve("files.txt");
    try {
      Files.write(list, sources.files().stream().map(Path::toString).toList());
    } catch (IOException e) {
      throw new ScanBroken(ExitCode.TOOL_FAILED, "cannot write " + list, e);
    }
    List<String> command = new ArrayList<>(ToolJava.command(lib, order.work()));
    command.addAll(List.of("net.sourceforge.pmd.cli.PmdCli", "check"));
    command.addAll(List.of("--no-progress", "--no-cache", "--file-list", list.toString()));
    command.addAll(List.of("-R", RULES, "-f", "sarif", "-r", report.toString()));
    return command;
  }

  @Override
  public Optional<String> complaint(int exitCode) {
    if (exitCode == 0 || exitCode == VIOLATIONS) {
      return Optional.empty();
    }
    return Optional.of(
        exitCode == UNREADABLE_FILES
            ? "PMD could not read all of the sources"
            : "PMD failed with exit code " + exitCode);
  }
}
