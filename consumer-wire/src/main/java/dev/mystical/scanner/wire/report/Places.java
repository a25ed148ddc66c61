package dev.mystical.scanner.wire.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where things are, told in the same way whatever machine a tool ran on: relative to the root of
 * what was scanned.
 *
 * <p>An absolute path is cut at a work folder that our side knows, else at a base of the report
 * (§3.14.14), else at the tool's working directory (§3.20.19); where none fits, it stays whole
 * without its first slash. A relative path is one from its base, and from the root where it has
 * none. What leads out of the root has no place here.
 */
final class Places {
  /** The longest reference, in characters. */
  static final int LONGEST = 4_096;

  /** How many bases may stand on each other. */
  private static final int MOST_BASES = 16;

  private final List<List<String>> workFolders = new ArrayList<>();
  private final Map<String, ObjectNode> bases = new HashMap<>();
  private final List<List<String>> roots = new ArrayList<>();
  private final List<List<String>> workingDirectories = new ArrayList<>();
  private final List<Artifact> artifacts = new ArrayList<>();

  private record Artifact(String uri, String base) {}

  Places(List<String> workFolders) {
    workFolders.forEach(folder -> addAbsolute(folder, this.workFolders));
  }

  /** {@code run.originalUriBaseIds}. */
  void addBases(JsonNode originalUriBaseIds) {
    originalUriBaseIds
        .properties()
        .forEach(entry -> {
          if (entry.getValue() instanceof ObjectNode base) {
            bases.put(entry.getKey(), base);
            addAbsolute(uri(base), roots);
          }
        });
    // The outermost wins, whatever the order in which they were told.
    roots.sort(Comparator.<List<String>>comparingInt(List::size).thenComparing(Reference::encoded));
  }

  /** {@code invocation.workingDirectory}. */
  void addWorkingDirectory(JsonNode location) {
    addAbsolute(uri(location), workingDirectories);
  }

  /** The next of {@code run.artifacts}. */
  void addArtifact(JsonNode artifact) {
    JsonNode location = artifact.path("location");
    artifacts.add(new Artifact(uri(location), location.path("uriBaseId").asText("")));
  }

  private static void addAbsolute(String uri, List<List<String>> folders) {
    if (Reference.parse(uri) instanceof Reference.Absolute(List<String> segments)
        && !segments.isEmpty()) {
      folders.add(segments);
    }
  }

  /** An artifactLocation with its path from the root; empty where it has none. */
  ObjectNode place(ObjectNode location) {
    Artifact told = new Artifact(uri(location), location.path("uriBaseId").asText(""));
    // §3.4.5: without a URI of its own, it is where the artifact with its index is.
    long index = location.path("index").asLong(-1);
    Artifact artifact =
        told.uri().isEmpty() && index >= 0 && index < artifacts.size()
            ? artifacts.get((int) index)
            : told;
    Optional<String> uri =
        artifact.uri().isEmpty()
            ? Optional.empty()
            : uri(artifact.uri(), artifact.base()).filter(it -> it.length() <= LONGEST);
    if (uri.isEmpty()) {
      return location.objectNode();
    }
    location.put("uri", uri.get());
    // The base is in the path now.
    location.remove("uriBaseId");
    return location;
  }

  private Optional<String> uri(String uri, String base) {
    return switch (Reference.parse(uri)) {
      case Reference.Web(String address) -> Optional.of(address);
      case Reference.Absolute(List<String> path) -> Optional.of(Reference.encoded(fromRoot(path)));
      case Reference.Relative(List<String> path) -> fromBase(path, base, 0);
    };
  }

  private List<String> fromRoot(List<String> path) {
    return below(workFolders, path)
        .or(() -> below(roots, path))
        .or(() -> below(workingDirectories, path))
        .orElse(path);
  }

  private Optional<String> fromBase(List<String> path, String base, int bases) {
    ObjectNode known = this.bases.get(base);
    if (known == null || bases > MOST_BASES) {
      return inside(path);
    }
    String next = known.path("uriBaseId").asText("");
    return switch (Reference.parse(uri(known))) {
      case Reference.Web web -> inside(path);
      case Reference.Relative(List<String> prefix) ->
          fromBase(Reference.plain(joined(prefix, path)), next, bases + 1);
      case Reference.Absolute(List<String> prefix) ->
          below(workFolders, Reference.plain(joined(prefix, path)))
              .map(Reference::encoded)
              .or(() -> inside(path));
    };
  }

  private static Optional<String> inside(List<String> path) {
    return !path.isEmpty() && path.getFirst().equals("..")
        ? Optional.empty()
        : Optional.of(Reference.encoded(path));
  }

  private static List<String> joined(List<String> prefix, List<String> path) {
    List<String> joined = new ArrayList<>(prefix);
    joined.addAll(path);
    return joined;
  }

  private static Optional<List<String>> below(List<List<String>> folders, List<String> path) {
    return folders.stream()
        .filter(folder -> path.size() >= folder.size())
        .filter(folder -> path.subList(0, folder.size()).equals(folder))
        .findFirst()
        .map(folder -> path.subList(folder.size(), path.size()));
  }

  private static String uri(JsonNode location) {
    return location.path("uri").asText("");
  }
}
