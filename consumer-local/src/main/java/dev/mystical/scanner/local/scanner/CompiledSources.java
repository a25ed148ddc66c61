package dev.mystical.scanner.local.scanner;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Class files made of a folder's sources, and the roots that the sources' package names start from.
 */
record CompiledSources(Path classes, List<Path> roots) {

  private static final int SHOWN_ERRORS = 5;

  CompiledSources {
    roots = List.copyOf(roots);
  }

  /**
   * Compiles all sources with the JDK's own library alone into {@code work}; one error makes the
   * folder unscannable, because what was not compiled would not be looked at.
   */
  static CompiledSources of(JavaSources sources, Path work) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new ScanBroken(ExitCode.TOOL_FAILED, "this Java has no compiler: a JDK is needed");
    }
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      Path classes = Files.createDirectories(work.resolve("classes"));
      Path nothing = Files.createDirectories(work.resolve("no-libraries"));
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  diagnostics,
                  options(classes, nothing),
                  null,
                  files.getJavaFileObjectsFromPaths(code(sources)));
      SortedSet<Path> roots = new TreeSet<>();
      for (CompilationUnitTree unit : task.parse()) {
        roots.add(root(unit));
      }
      task.generate();
      refuseErrors(diagnostics);
      return new CompiledSources(classes, List.copyOf(roots));
    } catch (IOException e) {
      throw new ScanBroken(ExitCode.NOT_SCANNABLE, "cannot compile the sources", e);
    }
  }

  private static List<String> options(Path classes, Path nothing) {
    // -proc:none: no annotation processor may ever run in here.
    // -classpath: the default is this program's own, against which nothing of others compiles.
    return List.of(
        "-proc:none",
        "-implicit:none",
        "-g",
        "-nowarn",
        "-Xmaxerrs",
        "100",
        "-d",
        classes.toString(),
        "-classpath",
        nothing.toString(),
        "-sourcepath",
        nothing.toString());
  }

  private static List<Path> code(JavaSources sources) {
    // A module's declaration holds no code, and two of them do not compile together.
    List<Path> code =
        sources.files().stream()
            .filter(file -> !file.getFileName().toString().equals("module-info.java"))
            .toList();
    if (code.isEmpty()) {
      throw new ScanBroken(ExitCode.NOT_SCANNABLE, "there is no code in the sources");
    }
    return code;
  }

  private static Path root(CompilationUnitTree unit) {
    Path folder = Path.of(unit.getSourceFile().toUri()).resolve("..").normalize();
    if (unit.getPackageName() == null) {
      return folder;
    }
    Path packageFolder = Path.of(unit.getPackageName().toString().replace('.', '/'));
    if (!folder.endsWith(packageFolder)) {
      return folder;
    }
    return folder.resolve("../".repeat(packageFolder.getNameCount())).normalize();
  }

  private static void refuseErrors(DiagnosticCollector<JavaFileObject> diagnostics) {
    List<String> errors =
        diagnostics.getDiagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map(CompiledSources::line)
            .toList();
    if (!errors.isEmpty()) {
      throw new ScanBroken(
          ExitCode.NOT_SCANNABLE,
          "the sources do not compile with the JDK alone ("
              + errors.size()
              + " errors): "
              + String.join("; ", errors.subList(0, Math.min(SHOWN_ERRORS, errors.size()))));
    }
  }

  private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
    JavaFileObject source = diagnostic.getSource();
    String place =
        source == null
            ? ""
            : Path.of(source.toUri()).getFileName() + ":" + diagnostic.getLineNumber() + " ";
    return place + diagnostic.getMessage(Locale.ROOT).lines().findFirst().orElse("");
  }
}
