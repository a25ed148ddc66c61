import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * Compiles sources with the JDK's own library alone, and prints the folders that their packages
 * start from, as a class path is written. A program of one file, started as {@code java
 * CompileSources.java SOURCE LIST CLASSES}; the list has a zero byte behind each name.
 *
 * <p>Exit codes: 3 where the sources do not compile, with the reason on the error output.
 */
final class CompileSources {
  private static final int NOT_SCANNABLE = 3;
  private static final int SHOWN_ERRORS = 5;
  // The system takes 131,072 bytes in one argument.
  private static final int LONGEST_ROOTS = 100_000;

  private CompileSources() {}

  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    List<Path> code = new ArrayList<>();
    for (String name : names(Path.of(arguments[1]))) {
      // A module's declaration holds no code, and two of them do not compile together.
      if (!name.endsWith("/module-info.java")) {
        code.add(source.resolve(name).normalize());
      }
    }
    if (code.isEmpty()) {
      refuse("there is no code in the sources");
    }
    SortedSet<String> roots = compile(code, Files.createDirectories(Path.of(arguments[2])));
    new PrintStream(System.out, true, UTF_8).println(joined(roots));
  }

  private static String[] names(Path list) throws IOException {
    try {
      return Files.readString(list, UTF_8).split("\0");
    } catch (CharacterCodingException e) {
      refuse("a source has a name that is not UTF-8");
      throw e;
    }
  }

  private static SortedSet<String> compile(List<Path> code, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  diagnostics,
                  options(classes),
                  null,
                  files.getJavaFileObjectsFromPaths(code));
      SortedSet<String> roots = new TreeSet<>();
      for (CompilationUnitTree unit : task.parse()) {
        roots.add(root(unit).toString());
      }
      task.generate();
      refuseErrors(diagnostics);
      return roots;
    }
  }

  private static List<String> options(Path classes) throws IOException {
    String nothing = Files.createDirectories(classes.resolveSibling("no-libraries")).toString();
    // -proc:none: no annotation processor may ever run in here.
    // -classpath: the default is the working folder, against which nothing of others compiles.
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
        nothing,
        "-sourcepath",
        nothing);
  }

  private static Path root(CompilationUnitTree unit) {
    Path folder = Path.of(unit.getSourceFile().toUri()).resolveSibling("").normalize();
    if (unit.getPackageName() == null) {
      return folder;
    }
    Path packageFolder = Path.of(unit.getPackageName().toString().replace('.', '/'));
    if (!folder.endsWith(packageFolder)) {
      return folder;
    }
    return folder.resolve("../".repeat(packageFolder.getNameCount())).normalize();
  }

  /** Without those that would be read as two; what lies there is told without its folder. */
  private static String joined(SortedSet<String> roots) {
    StringBuilder joined = new StringBuilder();
    for (String root : roots) {
      boolean plain = !root.contains(File.pathSeparator) && !root.endsWith("\n");
      if (plain && joined.length() + root.length() < LONGEST_ROOTS) {
        joined.append(joined.isEmpty() ? "" : File.pathSeparator).append(root);
      }
    }
    return joined.toString();
  }

  private static void refuseErrors(DiagnosticCollector<JavaFileObject> diagnostics) {
    List<String> errors =
        diagnostics.getDiagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map(CompileSources::line)
            .toList();
    if (!errors.isEmpty()) {
      refuse(
          "the sources do not compile with the JDK alone (%d errors): %s"
              .formatted(
                  errors.size(),
                  String.join("; ", errors.subList(0, Math.min(SHOWN_ERRORS, errors.size())))));
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

  private static void refuse(String sentence) {
    // One line: a file's name may hold others.
    System.err.println("spotbugs: " + sentence.replaceAll("\\p{Cntrl}+", " "));
    System.exit(NOT_SCANNABLE);
  }
}
