package dev.mystical.scanner.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The numbers that the listener shows. Asked on each request, by many threads; answers from memory,
 * without blocking.
 */
@FunctionalInterface
public interface MetricsView {
  /** All metrics, in the order in which they are to be shown; each name once. */
  List<Metric> metrics();

  /**
   * A metric with all its samples.
   *
   * @param name as Prometheus wants it, such as {@code scanner_messages_total}
   * @param help what it counts, in one sentence
   */
  record Metric(String name, String help, Type type, List<Sample> samples) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    public Metric {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("metric name " + name);
      }
      samples = List.copyOf(samples);
    }

    /** A metric of one sample. */
    public static Metric of(String name, String help, Type type, double value) {
      return new Metric(name, help, type, List.of(Sample.of(Map.of(), value)));
    }
  }

  /**
   * A value.
   *
   * @param suffix what follows the metric's name, such as {@code _sum} of a histogram; mostly empty
   */
  record Sample(String suffix, SortedMap<String, String> labels, double value) {
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    public Sample {
      labels.keySet().stream()
          .filter(label -> !LABEL.matcher(label).matches())
          .findAny()
          .ifPresent(label -> {
            throw new IllegalArgumentException("metric label " + label);
          });
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    public static Sample of(Map<String, String> labels, double value) {
      return new Sample("", new TreeMap<>(labels), value);
    }
  }

  /** What kind of number it is. */
  enum Type {
    /** Only grows. */
    COUNTER,
    GAUGE,
    /** Samples with the suffixes {@code _bucket}, {@code _sum} and {@code _count}. */
    HISTOGRAM
  }
}
