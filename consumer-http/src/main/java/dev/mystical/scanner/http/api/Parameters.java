package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.intake.Problem;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The query of one call, read with all that is wrong with it. For one thread. */
final class Parameters {
  private static final String TENANT = "tenant";

  private final Request request;
  private final List<Problem> problems = new ArrayList<>();

  private Parameters(Request request) {
    this.request = request;
  }

  /** Of a call that knows these names and no others. */
  static Parameters of(Request request, String... names) {
    List<String> known = List.of(names);
    Parameters parameters = new Parameters(request);
    request
        .target()
        .query()
        .forEach((name, values) -> {
          if (!known.contains(name)) {
            parameters.add(
                name,
                known.isEmpty()
                    ? "is unknown here, where there are none"
                    : "is unknown here; known are " + String.join(", ", known));
          } else if (values.size() > 1) {
            parameters.add(name, "is there more than once");
          }
        });
    return parameters;
  }

  /** A parameter's value, read by something that throws {@link IllegalArgumentException}. */
  <T> Optional<T> read(String name, Function<String, T> reader, String wanted) {
    List<String> values = request.query(name);
    if (values.size() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(values.getFirst()));
    } catch (IllegalArgumentException e) {
      add(name, "must be " + wanted);
      return Optional.empty();
    }
  }

  int limit(int most, int otherwise) {
    return read(
            "limit",
            text -> {
              int limit = Integer.parseInt(text);
              if (limit < 1 || limit > most) {
                throw new IllegalArgumentException("limit");
              }
              return limit;
            },
            "from 1 to " + most)
        .orElse(otherwise);
  }

  /**
   * Whose things are meant: the caller's own, or for an operator those of the tenant that it names,
   * if it names one.
   */
  Optional<Tenant> tenant(Caller caller) {
    Optional<Tenant> named = read(TENANT, Tenant::new, "a tenant");
    if (!caller.operator() && named.isPresent() && !named.equals(caller.tenant())) {
      add(TENANT, "is for an operator's key to say");
    }
    return caller.tenant().or(() -> named);
  }

  /** Nothing if all is well, or a {@link BadCall} with everything that is not. */
  void check() {
    if (!problems.isEmpty()) {
      throw new BadCall(400, "the query has problems", problems);
    }
  }

  private void add(String name, String detail) {
    problems.add(Problem.at("", "parameter " + name + " " + detail));
  }
}
