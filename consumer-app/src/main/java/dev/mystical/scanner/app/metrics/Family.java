package dev.mystical.scanner.app.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The series of one metric: one for each combination of its labels' values. However many values
 * there are, the series stay few: those that come too late share one, whose every label says so.
 * Safe for use by many threads; a series that exists is found without a lock.
 *
 * @param <S> what one series keeps
 */
final class Family<S> {
  /** More than all providers, codes and actions make; about, since nobody waits for a count. */
  static final int MOST = 1_000;

  private static final String OTHER = "other";

  private final List<String> labels;
  private final Supplier<S> maker;
  private final Map<List<String>, S> series = new ConcurrentHashMap<>();

  Family(List<String> labels, Supplier<S> maker) {
    this.labels = List.copyOf(labels);
    this.maker = maker;
  }

  /** The series with these values, in the order of the labels. */
  S of(String... values) {
    List<String> key = List.of(values);
    if (key.size() != labels.size()) {
      throw new IllegalArgumentException("%s do not fit %s".formatted(key, labels));
    }
    S known = series.get(key);
    if (known != null) {
      return known;
    }
    return series.computeIfAbsent(
        series.size() < MOST ? key : Collections.nCopies(labels.size(), OTHER),
        ignored -> maker.get());
  }

  /** All series with their labels, in the order of the values. */
  Map<SortedMap<String, String>, S> all() {
    Map<String, Map.Entry<List<String>, S>> sorted = new TreeMap<>();
    series.entrySet().forEach(entry -> sorted.put(String.join("\0", entry.getKey()), entry));
    Map<SortedMap<String, String>, S> all = new LinkedHashMap<>();
    sorted.values().forEach(entry -> all.put(labelled(entry.getKey()), entry.getValue()));
    return all;
  }

  private SortedMap<String, String> labelled(List<String> values) {
    SortedMap<String, String> labelled = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      labelled.put(labels.get(i), values.get(i));
    }
    return labelled;
  }
}
