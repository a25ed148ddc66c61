package dev.mystical.scanner.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The canonical form of a request: one way to say each thing. What is absent or as by default
 * (beside {@code policy.failOn}) is left out, so that a field which a later version adds changes
 * neither the form nor the digest of requests that do without it.
 */
final class RequestShape {
  private RequestShape() {}

  static void write(ScanRequest request, ObjectNode to) {
    to.set("project", project(request.project()));
    to.set("target", target(request.target()));
    ArrayNode providers = to.putArray("providers");
    request.providers().forEach(provider -> providers.add(provider(provider)));
    to.set("policy", policy(request.failOn()));
    request.timeout().ifPresent(timeout -> to.put("timeoutSeconds", timeout.toSeconds()));
    request.callback().ifPresent(url -> to.putObject("callback").put("url", url));
    if (!request.tags().isEmpty()) {
      to.set("tags", texts(request.tags()));
    }
  }

  static ScanRequest read(Fields from) {
    return new ScanRequest(
        new Project(
            from.object("project").text("key"), from.object("project").optionalText("name")),
        target(from.object("target")),
        from.items("providers", RequestShape::provider),
        FailOn.valueOf(from.object("policy").text("failOn").toUpperCase(Locale.ROOT)),
        from.optionalNumber("timeoutSeconds").map(Duration::ofSeconds),
        from.optionalObject("callback").map(callback -> callback.text("url")),
        from.textMap("tags"));
  }

  static ObjectNode project(Project project) {
    ObjectNode node = Json.object().put("key", project.key());
    project.name().ifPresent(name -> node.put("name", name));
    return node;
  }

  static ObjectNode policy(FailOn failOn) {
    return Json.object().put("failOn", failOn.name().toLowerCase(Locale.ROOT));
  }

  static ObjectNode texts(SortedMap<String, String> texts) {
    ObjectNode node = Json.object();
    texts.forEach(node::put);
    return node;
  }

  static ObjectNode target(Target target) {
    ObjectNode node = Json.object();
    switch (target) {
      case Target.Git git -> {
        node.put("type", "git").put("url", git.url());
        git.ref().ifPresent(ref -> node.put("ref", ref));
        git.commit().ifPresent(commit -> node.put("commit", commit));
        git.subpath().ifPresent(subpath -> node.put("subpath", subpath));
      }
      case Target.Archive archive ->
          node.put("type", "archive").put("url", archive.url()).put("sha256", archive.sha256());
      case Target.Web web -> node.put("type", "web").put("url", web.url());
      case Target.Path path -> node.put("type", "path").put("path", path.path());
    }
    return node;
  }

  private static Target target(Fields from) {
    return switch (from.text("type")) {
      case "git" ->
          new Target.Git(
              from.text("url"),
              from.optionalText("ref"),
              from.optionalText("commit"),
              from.optionalText("subpath"));
      case "archive" -> new Target.Archive(from.text("url"), from.text("sha256"));
      case "web" -> new Target.Web(from.text("url"));
      case "path" -> new Target.Path(from.text("path"));
      case String other -> throw new UnreadableDocument("a target of type " + other);
    };
  }

  private static JsonNode provider(RequestedProvider provider) {
    ObjectNode node = Json.object().put("id", provider.id().value());
    if (!provider.options().isEmpty()) {
      node.set("options", texts(provider.options()));
    }
    if (!provider.required()) {
      node.put("required", false);
    }
    return node.size() == 1 ? node.get("id") : node;
  }

  private static RequestedProvider provider(JsonNode node) {
    if (node.isTextual()) {
      return RequestedProvider.of(new ProviderId(node.textValue()));
    }
    if (node instanceof ObjectNode object) {
      Fields from = new Fields(object);
      return new RequestedProvider(
          new ProviderId(from.text("id")), from.textMap("options"), from.flag("required", true));
    }
    throw new UnreadableDocument("a provider is neither text nor object");
  }
}
