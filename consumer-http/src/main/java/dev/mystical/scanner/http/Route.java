package dev.mystical.scanner.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which requests a handler answers. A GET route answers HEAD too; OPTIONS is the listener's.
 *
 * @param template of paths: segments that are taken literally, and variables such as {@code {id}}
 *     that stand for one segment each; where two templates meet a path, the one with the first
 *     literal segment has it
 */
public record Route(String method, String template, Handler handler, BodyTerms body, Rank rank) {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Pattern TEMPLATE =
      Pattern.compile("(/([A-Za-z0-9._-]+|\\{[A-Za-z][A-Za-z0-9]*}))+");

  /** Which requests are let in when there are too many. */
  public enum Rank {
    ORDINARY,
    /** Every one: a process that is full must not be taken for one that is dead. */
    VITAL
  }

  public Route {
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException("method " + method);
    }
    if (!TEMPLATE.matcher(template).matches()) {
      throw new IllegalArgumentException("template " + template);
    }
  }

  /** A route like most. */
  public Route(String method, String template, Handler handler, BodyTerms body) {
    this(method, template, handler, body, Rank.ORDINARY);
  }

  /** A route for requests without a body. */
  public static Route of(String method, String template, Handler handler) {
    return new Route(method, template, handler, BodyTerms.NONE);
  }

  List<String> segments() {
    return List.of(template.substring(1).split("/", -1));
  }
}
