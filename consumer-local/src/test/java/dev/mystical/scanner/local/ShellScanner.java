package dev.mystical.scanner.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.local.scanner.LocalProvider;
import dev.mystical.scanner.local.scanner.LocalProvider.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Scanners that are a few lines of shell, and requests to them. */
final class ShellScanner {
  /** A report of one finding. */
  static final String FINDS =
      """
      printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"words"}},"results":[
        {"ruleId":"word","level":"note","message":{"text":"found"},"locations":[{"physicalLocation":
        {"artifactLocation":{"uri":"file://%s/README.md"}}}]}]}]}' "$SCAN_SOURCE" >"$SCAN_REPORT"
      """;

  private ShellScanner() {}

  /** A provider whose scanner is this script, kept in a folder. */
  static LocalProvider of(String id, String script, Path folder, Path root) throws IOException {
    Path entry = Files.writeString(folder.resolve(id), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new LocalProvider(
        id, new Readiness.Ready(entry, Map.of("SCAN_TOOL", id, "SCAN_PATH_ROOT", root.toString())));
  }

  /** A request to scan a folder. */
  static ObjectNode request(Path target, List<String> providers) {
    ObjectNode request = request(providers);
    request.putObject("target").put("type", "path").put("path", target.toString());
    return request;
  }

  /** A request without a target. */
  static ObjectNode request(List<String> providers) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putObject("project").put("key", "shop");
    providers.forEach(request.putArray("providers")::add);
    return request;
  }
}
