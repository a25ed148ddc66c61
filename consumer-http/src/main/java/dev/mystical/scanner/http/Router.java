package dev.mystical.scanner.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds who answers a request. Used by many threads; has no state. */
final class Router {
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final Routing ALL =
      new Routing.Unmet(
          Answer.empty(NO_CONTENT).with("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"));

  private final List<Resource> resources;

  /** {@link IllegalArgumentException} if two routes have the same method and shape. */
  Router(List<Route> routes) {
    this.resources = Resource.of(routes);
  }

  /** Where a request goes. */
  sealed interface Routing {
    /** To this route, about that. */
    record Met(Route route, Target target) implements Routing {}

    /** To nobody: this is its answer. */
    record Unmet(Answer answer) implements Routing {}
  }

  /** Finds the route of a method and a target, which is a path and maybe a query, or a star. */
  Routing find(String method, String raw) {
    if (raw.equals("*")) {
      return ALL;
    }
    int mark = raw.indexOf('?');
    String path = mark < 0 ? raw : raw.substring(0, mark);
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      Optional<String> decoded = PercentText.decoded(segment);
      if (decoded.isEmpty()) {
        return unmet(BAD_REQUEST, "the URI has a malformed escape");
      }
      segments.add(decoded.get());
    }
    Optional<Resource> resource =
        segments.stream().allMatch(Router::isName)
            ? resources.stream().filter(it -> it.meets(segments)).findFirst()
            : Optional.empty();
    return resource
        .map(it -> at(it, method, segments, mark < 0 ? "" : raw.substring(mark + 1)))
        .orElseGet(() -> unmet(NOT_FOUND, "there is nothing at this path"));
  }

  private static Routing at(Resource resource, String method, List<String> path, String query) {
    if (method.equals("OPTIONS")) {
      return new Routing.Unmet(Answer.empty(NO_CONTENT).with("Allow", resource.allowed()));
    }
    Route route = resource.routes().get(method.equals("HEAD") ? "GET" : method);
    if (route == null) {
      return new Routing.Unmet(
          Answer.problem(NOT_ALLOWED, "use one of " + resource.allowed())
              .with("Allow", resource.allowed()));
    }
    Optional<Map<String, List<String>>> parsed = Query.parse(query);
    if (parsed.isEmpty()) {
      return unmet(BAD_REQUEST, "the URI has a malformed escape");
    }
    return new Routing.Met(
        route,
        new Target(
            route.template(),
            "/" + String.join("/", path),
            Resource.variables(route, path),
            parsed.get()));
  }

  private static Routing unmet(int status, String detail) {
    return new Routing.Unmet(Answer.problem(status, detail));
  }

  /** Whether a decoded segment is one thing's name, and no way to another place. */
  private static boolean isName(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && segment.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
  }
}
