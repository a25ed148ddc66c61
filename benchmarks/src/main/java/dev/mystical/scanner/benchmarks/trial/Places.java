package dev.mystical.scanner.benchmarks.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the programs are.
 *
 * @param home the program as it is shipped, with its start script and its start cache
 * @param loop the jar with the bare loop, which takes its libraries from {@code home}
 * @param node the folder of the Node.js application with all it needs, where npm could make it
 * @param work an empty folder for what is written meanwhile
 * @param wanted who takes part: "all", or names with commas
 */
record Places(Path home, Path loop, Optional<Path> node, Path work, String wanted) {
  List<String> command(Contender contender) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return switch (contender) {
      case OURS -> List.of(home.resolve("bin/scanner").toString(), "serve");
      case BARE ->
          List.of(
              java,
              "-cp",
              loop + ":" + home.resolve("lib") + "/*",
              "dev.mystical.scanner.benchmarks.bare.BareLoop");
      case NODE -> List.of("node", node.orElseThrow().resolve("app.js").toString());
    };
  }

  List<Contender> contenders() {
    List<String> names = List.of(wanted.toUpperCase(Locale.ROOT).split(",", -1));
    return Stream.of(Contender.values())
        .filter(it -> names.contains("ALL") || names.contains(it.name()))
        .filter(it -> it != Contender.NODE || node.isPresent())
        .toList();
  }
}
