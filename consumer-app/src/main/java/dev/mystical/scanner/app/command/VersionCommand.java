package dev.mystical.scanner.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Says which program this is. */
final class VersionCommand {
  private VersionCommand() {}

  static ExitCode run(Terminal terminal, boolean json) {
    String version = ProgramVersion.text();
    String java = Runtime.version().toString();
    terminal.answer(
        json
            ? JsonNodeFactory.instance
                .objectNode()
                .put("version", version)
                .put("java", java)
                .toString()
            : "mystical-scanner-consumer %s (Java %s)".formatted(version, java));
    return ExitCode.DONE;
  }
}
