package dev.mystical.scanner.app.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads values and gathers what is wrong with them. A bad value is answered as if it were not set,
 * or by some good one where there must be one; that never shows, because {@link #problems} then is
 * not empty and nothing that was read is used.
 */
final class Values {
  private final Layers layers;
  private final Map<Key, EffectiveSetting> effective = new EnumMap<>(Key.class);
  private final List<SettingProblem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Values(Layers layers) {
    this.layers = layers;
    problems.addAll(layers.problems());
    warnings.addAll(layers.warnings());
  }

  Layers layers() {
    return layers;
  }

  List<SettingProblem> problems() {
    return problems;
  }

  List<String> warnings() {
    return warnings;
  }

  Map<Key, EffectiveSetting> effective() {
    return effective;
  }

  /** A value as it is written. */
  Optional<String> text(Key key) {
    return read(key, Function.identity());
  }

  /** A value, read by something that throws IllegalArgumentException with the broken rule. */
  <T> Optional<T> read(Key key, Function<String, T> format) {
    Optional<Layers.Found> found = layers.find(key);
    effective.put(
        key,
        found
            .map(it -> new EffectiveSetting(key.name(), key.shown(it.value()), it.source()))
            .orElseGet(() -> new EffectiveSetting(key.name(), "", SettingSource.DEFAULT)));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(format.apply(found.get().value()));
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  String required(Key key, Function<String, String> format) {
    if (layers.find(key).isEmpty()) {
      problem(key, "must be set");
    }
    return read(key, format).orElse("");
  }

  int number(Key key, int least, int most) {
    return read(
            key,
            text -> {
              String rule = "must be a whole number from %d to %d".formatted(least, most);
              try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException e) {
                throw new IllegalArgumentException(rule, e);
              }
              throw new IllegalArgumentException(rule);
            })
        .orElse(least);
  }

  Duration duration(Key key, Duration least, Duration most) {
    return read(
            key,
            text -> {
              Duration duration = Formats.duration(text);
              if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                    "must be from %s to %s".formatted(Formats.text(least), Formats.text(most)));
              }
              return duration;
            })
        .orElse(least);
  }

  /** One of some words, in the case in which they are listed here. */
  Optional<String> choice(Key key, List<String> words) {
    return read(
        key,
        text -> {
          if (!words.contains(text)) {
            throw new IllegalArgumentException("must be " + String.join(" or ", words));
          }
          return text;
        });
  }

  /** A list whose every element fits. */
  List<String> list(Key key, Pattern pattern, int most, String rule) {
    return read(
            key,
            text -> {
              List<String> items = Formats.list(text);
              if (items.size() > most
                  || !items.stream().allMatch(item -> pattern.matcher(item).matches())) {
                throw new IllegalArgumentException(rule);
              }
              return items;
            })
        .orElse(List.of());
  }

  Optional<Secret> secret(Key key) {
    return read(key, Secret::new);
  }

  boolean isSet(Key key) {
    return layers.find(key).isPresent();
  }

  Optional<SettingSource> source(Key key) {
    return layers.find(key).map(Layers.Found::source);
  }

  /** Names the value as well, as far as it may be seen. */
  void problem(Key key, String rule) {
    String value = layers.find(key).map(it -> key.shown(it.value())).orElse("");
    problem(key.name(), value, rule);
  }

  void problem(String name, String value, String rule) {
    problems.add(new SettingProblem(name, value, rule));
  }

  void warning(String text) {
    warnings.add(text);
  }

  /** What stands in a place of ours and is no setting, with the name that may have been meant. */
  void unknown(String name, Set<String> known) {
    problem(
        name,
        "",
        "is no setting"
            + Formats.nearest(name, known).map(it -> "; did you mean " + it + "?").orElse(""));
  }
}
