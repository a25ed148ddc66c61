package dev.mystical.scanner.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that can be done at the paths of one shape.
 *
 * @param shape the segments of its template, with nothing in the place of variables
 */
record Resource(List<String> shape, Map<String, Route> routes) {
  private static final String VARIABLE = "";

  /** Where two shapes meet a path, the one with the first literal segment comes first. */
  static final Comparator<Resource> LITERALS_FIRST =
      (one, other) -> {
        for (int i = 0; i < Math.min(one.shape.size(), other.shape.size()); i++) {
          int order =
              Boolean.compare(
                  one.shape.get(i).equals(VARIABLE), other.shape.get(i).equals(VARIABLE));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  /** All of them, in the order in which they are to be asked. */
  static List<Resource> of(List<Route> routes) {
    Map<List<String>, Map<String, Route>> byShape = new HashMap<>();
    for (Route route : routes) {
      Route other =
          byShape
              .computeIfAbsent(shape(route), it -> new HashMap<>())
              .putIfAbsent(route.method(), route);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s %s is there twice".formatted(route.method(), route.template()));
      }
    }
    return byShape.entrySet().stream()
        .map(it -> new Resource(it.getKey(), Map.copyOf(it.getValue())))
        .sorted(LITERALS_FIRST)
        .toList();
  }

  private static List<String> shape(Route route) {
    return route.segments().stream().map(it -> it.startsWith("{") ? VARIABLE : it).toList();
  }

  boolean meets(List<String> path) {
    if (path.size() != shape.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!shape.get(i).equals(VARIABLE) && !shape.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What the variables of its template stand for in a path that it meets. */
  static Map<String, String> variables(Route route, List<String> path) {
    Map<String, String> variables = new HashMap<>();
    List<String> names = new ArrayList<>(route.segments());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.startsWith("{")) {
        variables.put(name.substring(1, name.length() - 1), path.get(i));
      }
    }
    return variables;
  }

  /** What can be done here, as the header Allow says it. */
  String allowed() {
    Set<String> methods = new TreeSet<>(routes.keySet());
    methods.add("OPTIONS");
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }
}
