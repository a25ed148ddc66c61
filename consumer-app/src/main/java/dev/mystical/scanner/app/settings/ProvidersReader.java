package dev.mystical.scanner.app.settings;

import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the providers: whoever has both a task definition and a container is one. Nothing else
 * knows any provider's name.
 */
final class ProvidersReader {
  static final String TASK_DEFINITION = "TASK_DEFINITION_";
  static final String CONTAINER = "CONTAINER_";

  private static final Pattern TASK_DEFINITIONS =
      Pattern.compile(
          "(?:" + Formats.ARN_START + "task-definition/)?[A-Za-z0-9_-]{1,255}(?::[1-9]\\d{0,9})?");
  private static final Pattern CONTAINERS = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final Pattern VARIABLE_PART = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");
  private static final Pattern FILE_PATH =
      Pattern.compile("providers\\.([^.]+)\\.(task-definition|container)");

  private final Values values;
  private final List<Provider> providers = new ArrayList<>();
  private final List<EffectiveSetting> effective = new ArrayList<>();

  ProvidersReader(Values values) {
    this.values = values;
  }

  /** Whether a path in a configuration file is a provider's. */
  static boolean isProviderPath(String path) {
    return FILE_PATH.matcher(path).matches();
  }

  List<EffectiveSetting> effective() {
    return effective;
  }

  List<Provider> read() {
    TreeSet<String> parts = new TreeSet<>();
    for (String name : values.layers().variables()) {
      if (name.startsWith(TASK_DEFINITION)) {
        parts.add(name.substring(TASK_DEFINITION.length()));
      } else if (name.startsWith(CONTAINER)) {
        parts.add(name.substring(CONTAINER.length()));
      }
    }
    for (String path : values.layers().filePaths()) {
      Matcher matcher = FILE_PATH.matcher(path);
      if (matcher.matches()) {
        fromFile(matcher.group(1), path).map(ProviderId::variable).ifPresent(parts::add);
      }
    }
    int problems = values.problems().size();
    parts.forEach(this::read);
    if (providers.isEmpty() && values.problems().size() == problems) {
      values.problem(
          "TASK_DEFINITION_…, CONTAINER_…",
          "",
          "at least one such pair must be set, such as TASK_DEFINITION_SONAR and CONTAINER_SONAR");
    }
    return providers.stream().sorted((one, other) -> one.id().compareTo(other.id())).toList();
  }

  private Optional<ProviderId> fromFile(String id, String path) {
    if (ProviderId.PATTERN.matcher(id).matches()) {
      return Optional.of(new ProviderId(id));
    }
    values.problem(
        "scanner." + path, "", "a provider's id must match ^[a-z][a-z0-9-]{0,31}$, not " + id);
    return Optional.empty();
  }

  private void read(String part) {
    Optional<Layers.Found> definition = find(TASK_DEFINITION, part, "task-definition");
    Optional<Layers.Found> container = find(CONTAINER, part, "container");
    if (definition.isEmpty()) {
      values.warning(
          "%s%s is set without %s%s, and makes no provider"
              .formatted(CONTAINER, part, TASK_DEFINITION, part));
      return;
    }
    String name = TASK_DEFINITION + part;
    if (!VARIABLE_PART.matcher(part).matches()) {
      values.problem(
          name,
          definition.get().value(),
          "what follows TASK_DEFINITION_ must be 1 to 32 of A-Z, 0-9 and _, a letter first");
      return;
    }
    if (container.isEmpty()) {
      values.problem(
          name, definition.get().value(), "%s%s must be set as well".formatted(CONTAINER, part));
      return;
    }
    boolean definitionGood =
        check(
            name,
            definition.get(),
            TASK_DEFINITIONS,
            "must be a family, a family:revision, or the ARN of a task definition");
    boolean containerGood =
        check(
            CONTAINER + part,
            container.get(),
            CONTAINERS,
            "must be the name of a container in the task definition");
    if (definitionGood && containerGood) {
      providers.add(
          new Provider(
              ProviderId.fromVariable(part), definition.get().value(), container.get().value()));
    }
  }

  private Optional<Layers.Found> find(String start, String part, String leaf) {
    // Only an id that fits can stand in a file.
    String path =
        VARIABLE_PART.matcher(part).matches()
            ? "providers.%s.%s".formatted(ProviderId.fromVariable(part), leaf)
            : "";
    return values.layers().find(start + part, path);
  }

  private boolean check(String name, Layers.Found found, Pattern pattern, String rule) {
    effective.add(new EffectiveSetting(name, found.value(), found.source()));
    if (pattern.matcher(found.value()).matches()) {
      return true;
    }
    values.problem(name, found.value(), rule);
    return false;
  }

  /** The names that a mistyped one may have meant. */
  static Stream<String> namesOf(List<Provider> providers) {
    return providers.stream()
        .map(provider -> provider.id().variable())
        .flatMap(part -> Stream.of(TASK_DEFINITION + part, CONTAINER + part));
  }
}
