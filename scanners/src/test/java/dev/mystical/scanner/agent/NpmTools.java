package dev.mystical.scanner.agent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the scanners from npm need, installed once for all tests as their lock files say. */
final class NpmTools {
  private static final Path FOLDER = AgentRun.SCANNERS.resolve("target/tools");

  private static final System.Logger LOG = System.getLogger(NpmTools.class.getName());

  private NpmTools() {}

  /** A scanner's {@code SCANNER_TOOLS}; the test is left out, and says so, where npm has none. */
  static Map<String, String> of(String id) throws IOException {
    require(Programs.exists("npm") && Programs.exists("node"), "Node.js with npm is not installed");
    try {
      String install = AgentRun.SCANNERS.resolve("npm/install").toString();
      Programs.run(AgentRun.SCANNERS, Map.of(), List.of(install, FOLDER.toString(), id));
    } catch (AssertionError unreachable) {
      require(false, "npm cannot install the tools of " + id + ": " + unreachable.getMessage());
    }
    return Map.of("SCANNER_TOOLS", FOLDER.resolve(id).toString());
  }

  /**
   * Leaves the test out where something of this machine is missing, so that nobody overlooks it.
   */
  static void require(boolean there, String why) {
    if (!there) {
      LOG.log(Level.WARNING, "LEFT OUT, a scanner is not tested here: " + why);
    }
    assumeTrue(there, why);
  }
}
