package dev.mystical.scanner.local.scanner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;

/**
 * Makes the places of a report relative to the scanned folder: that reads better, compares between
 * machines, and tells nobody where the folder lay.
 */
final class SarifPaths {

  private SarifPaths() {}

  /** Changes {@code report} in place. */
  static void relativeTo(Path target, JsonNode report) {
    for (JsonNode run : report.path("runs")) {
      JsonNode bases = run.path("originalUriBaseIds");
      for (JsonNode location : run.findValues("artifactLocation")) {
        if (location instanceof ObjectNode artifact) {
          shorten(artifact, bases, target);
        }
      }
      ((ObjectNode) run).remove("originalUriBaseIds");
    }
  }

  private static void shorten(ObjectNode artifact, JsonNode bases, Path target) {
    String uri = artifact.path("uri").asText();
    String base = bases.path(artifact.path("uriBaseId").asText()).path("uri").asText();
    artifact.remove("uriBaseId");
    artifact.put("uri", shortened(uri, base, target));
  }

  private static String shortened(String uri, String base, Path target) {
    try {
      URI whole = base.isEmpty() ? URI.create(uri) : URI.create(base).resolve(uri);
      if (!"file".equals(whole.getScheme())) {
        return uri;
      }
      Path file = Path.of(whole);
      return file.startsWith(target) ? relative(target, file) : whole.toString();
    } catch (IllegalArgumentException notAUri) {
      return uri;
    }
  }

  private static String relative(Path target, Path file) {
    URI folder = target.toUri();
    return folder.relativize(file.toUri()).toString();
  }
}
