package dev.mystical.scanner.local.scanner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SpotBugs with the FindSecBugs detectors. It reads class files, so the sources are compiled first.
 */
final class SpotBugs implements Tool {

  // Bits of the exit code, asked for with -exitcode (edu.umd.cs.findbugs.ExitCodes).
  private static final int BUGS = 1;
  private static final int MISSING_CLASSES = 2;

  private final Path lib;

  SpotBugs(Path lib) {
    this.lib = lib;
  }

  @Override
  public String id() {
    return "spotbugs";
  }

  @Override
  public List<String> command(ScanOrder order, Path report, Progress progress) {
    JavaSources sources = JavaSources.below(order.target());
    progress.step("compiling " + sources.files().size() + " files");
    CompiledSources compiled = CompiledSources.of(sources, order.work());
    progress.step("looking for security bugs in the class files");
    List<String> command = new ArrayList<>(ToolJava.command(lib, order.work()));
    command.add("edu.umd.cs.findbugs.FindBugs2");
    command.addAll(List.of("-pluginList", detectors().toString()));
    command.addAll(List.of("-effort:max", "-low", "-bugCategories", "SECURITY"));
    command.addAll(List.of("-sourcepath", joined(compiled.roots())));
    command.addAll(List.of("-sarif=" + report, "-exitcode", compiled.classes().toString()));
    return command;
  }

  private Path detectors() {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("findsecbugs-plugin-"))
          .findFirst()
          .orElseThrow(
              () -> new ScanBroken(ExitCode.TOOL_FAILED, "FindSecBugs is missing in " + lib));
    } catch (IOException e) {
      throw new ScanBroken(ExitCode.TOOL_FAILED, "cannot read " + lib, e);
    }
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public Optional<String> complaint(int exitCode) {
    if (exitCode == 0 || exitCode == BUGS) {
      return Optional.empty();
    }
    return Optional.of(
        exitCode == MISSING_CLASSES || exitCode == (MISSING_CLASSES | BUGS)
            ? "SpotBugs missed classes that the sources use"
            : "SpotBugs failed with exit code " + exitCode);
  }
}
