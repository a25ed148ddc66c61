import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import net.sourceforge.pmd.PMDConfiguration;
import net.sourceforge.pmd.PmdAnalysis;
import net.sourceforge.pmd.reporting.ReportStats;

/**
 * Has PMD look at sources and write what it found as SARIF. A program of one file, started as {@code
 * java -cp JARS LookAtSources.java SOURCE LIST REPORT}; the list has a zero byte behind each name.
 * PMD's own command takes lists as well, but no name with a comma or a line break in it.
 *
 * <p>Exit codes: 3 where it could not read some of the sources, which its report tells, 4 where it
 * could read none, 5 where their names are not UTF-8, 6 where it had other trouble.
 */
final class LookAtSources {
  private static final int SOME_UNREAD = 3;
  private static final int ALL_UNREAD = 4;
  private static final int STRANGE_NAMES = 5;
  private static final int TROUBLE = 6;

  private LookAtSources() {}

  public static void main(String[] arguments) throws IOException {
    Path source = Path.of(arguments[0]);
    String[] names = names(Path.of(arguments[1]));
    PMDConfiguration settings = new PMDConfiguration();
    settings.setRuleSets(
        List.of(
            "category/java/security.xml",
            "category/java/errorprone.xml",
            "category/java/multithreading.xml"));
    settings.setIgnoreIncrementalAnalysis(true);
    // What has this in a comment behind it is not told: a word that nobody knows.
    settings.setSuppressMarker(UUID.randomUUID().toString());
    settings.setReportFormat("sarif");
    settings.setReportFile(Path.of(arguments[2]));
    ReportStats stats;
    int troubles;
    try (PmdAnalysis analysis = PmdAnalysis.create(settings)) {
      analysis.fileNameRenderer().relativizeWith(source);
      boolean allTaken = true;
      for (String name : names) {
        allTaken &= analysis.files().addFile(source.resolve(name).normalize());
      }
      troubles = analysis.getReporter().numErrors() + (allTaken ? 0 : 1);
      stats = analysis.runAndReturnStats();
    }
    if (troubles > 0) {
      System.exit(TROUBLE);
    }
    if (stats.getNumErrors() > 0) {
      System.exit(stats.getNumErrors() < names.length ? SOME_UNREAD : ALL_UNREAD);
    }
  }

  private static String[] names(Path list) throws IOException {
    try {
      return Files.readString(list, UTF_8).split("\0");
    } catch (CharacterCodingException e) {
      System.exit(STRANGE_NAMES);
      throw e;
    }
  }
}
