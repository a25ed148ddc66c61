package dev.mystical.scanner.app.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sources of settings, one above the other. Variables go by name, the files by path. */
final class Layers {
  private static final String ROOT = "scanner";

  /** A value, and where it was found. */
  record Found(String value, SettingSource source) {}

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final DotEnv dotEnv;
  private final Map<String, String> file;
  private final Map<String, String> reference;
  private final List<SettingProblem> problems = new ArrayList<>();

  Layers(SettingsSources sources) {
    flags = sources.flags();
    environment = sources.environment();
    dotEnv = dotEnv(sources);
    problems.addAll(dotEnv.problems());
    reference = reference();
    file = sources.configFile().map(this::file).orElse(Map.of());
  }

  List<SettingProblem> problems() {
    return problems;
  }

  List<String> warnings() {
    return dotEnv.warnings();
  }

  Optional<Found> find(Key key) {
    return find(key.name(), key.path());
  }

  /** The value under that name or path in the highest layer that has one; blank is none. */
  Optional<Found> find(String name, String path) {
    return found(flags.get(name), SettingSource.COMMAND_LINE)
        .or(() -> found(environment.get(name), SettingSource.ENVIRONMENT))
        .or(() -> found(dotEnv.values().get(name), SettingSource.DOT_ENV))
        .or(() -> found(file.get(path), SettingSource.FILE))
        .or(() -> found(reference.get(path), SettingSource.DEFAULT));
  }

  /** The names that have a value in the command line, the environment or {@code .env}. */
  Set<String> variables() {
    Set<String> names = new TreeSet<>();
    for (Map<String, String> layer : List.of(flags, environment, dotEnv.values())) {
      layer.forEach((name, value) -> {
        if (!value.isBlank()) {
          names.add(name);
        }
      });
    }
    return names;
  }

  /** The names that the command line sets, which are ours to judge. */
  Set<String> flagNames() {
    return new TreeSet<>(flags.keySet());
  }

  /** The paths that the configuration file sets. */
  Set<String> filePaths() {
    return file.keySet();
  }

  static Set<String> referencePaths() {
    return reference().keySet();
  }

  private static Optional<Found> found(@Nullable String value, SettingSource source) {
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(new Found(value.strip(), source));
  }

  private DotEnv dotEnv(SettingsSources sources) {
    Path path = sources.envFile().orElseGet(() -> sources.folder().resolve(".env"));
    if (sources.envFile().isEmpty() && !Files.exists(path)) {
      return DotEnv.NONE;
    }
    try {
      return DotEnv.parse(Files.readString(path), path.getFileName().toString());
    } catch (CharacterCodingException e) {
      problems.add(new SettingProblem("--env-file", path.toString(), "must be UTF-8 text"));
    } catch (IOException e) {
      problems.add(new SettingProblem("--env-file", path.toString(), "must be a readable file"));
    }
    return DotEnv.NONE;
  }

  private Map<String, String> file(Path path) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      problems.add(new SettingProblem("--config", path.toString(), "must be a readable file"));
      return Map.of();
    }
    try {
      // The environment is below the file here, so that the file may use it as ${NAME}; find()
      // takes care that the environment wins.
      Map<String, String> variables = new TreeMap<>(dotEnv.values());
      variables.putAll(environment);
      return leaves(
          ConfigFactory.parseFile(
                  path.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
              .withFallback(ConfigValueFactory.fromMap(variables).toConfig())
              .resolve(ConfigResolveOptions.noSystem()));
    } catch (ConfigException e) {
      // The message names the place, and the token that was met there, but no whole value.
      problems.add(
          new SettingProblem(
              "--config", path.toString(), "must be HOCON: " + String.valueOf(e.getMessage())));
      return Map.of();
    }
  }

  private static Map<String, String> reference() {
    // Other jars have a reference.conf as well; ours is what stands under our root.
    return leaves(
        ConfigFactory.parseResources(Layers.class.getClassLoader(), "reference.conf")
            .withOnlyPath(ROOT)
            .resolve(ConfigResolveOptions.noSystem()));
  }

  private static Map<String, String> leaves(Config config) {
    if (!config.hasPath(ROOT) || config.getValue(ROOT).valueType() != ConfigValueType.OBJECT) {
      return Map.of();
    }
    Map<String, String> leaves = new TreeMap<>();
    config
        .getConfig(ROOT)
        .entrySet()
        .forEach(entry ->
            leaves.put(
                String.join(".", ConfigUtil.splitPath(entry.getKey())), text(entry.getValue())));
    return leaves;
  }

  private static String text(ConfigValue value) {
    if (value.unwrapped() instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return String.valueOf(value.unwrapped());
  }
}
