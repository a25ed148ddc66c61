package dev.mystical.scanner.app.metrics;

import dev.mystical.scanner.http.MetricsView.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How long things took, by fixed bounds. Safe for use by many threads; never blocks. Its count is
 * the sum of its buckets, so that the two always agree; the sum of times may be one ahead.
 */
final class Histogram {
  private static final double NANOS = 1e9;

  private final List<Duration> bounds;
  private final List<LongAdder> buckets;
  private final LongAdder nanos = new LongAdder();

  Histogram(List<Duration> bounds) {
    this.bounds = bounds;
    this.buckets = Stream.generate(LongAdder::new).limit(bounds.size() + 1L).toList();
  }

  /** A time before none, which clocks that differ can show, counts as none. */
  void observe(Duration took) {
    Duration time = took.isNegative() ? Duration.ZERO : took;
    int bucket = (int) bounds.stream().takeWhile(bound -> time.compareTo(bound) > 0).count();
    nanos.add(time.toNanos());
    buckets.get(bucket).increment();
  }

  List<Sample> samples(SortedMap<String, String> labels) {
    List<Sample> samples = new ArrayList<>();
    long below = 0;
    for (int i = 0; i < buckets.size(); i++) {
      below += buckets.get(i).sum();
      SortedMap<String, String> bounded = new TreeMap<>(labels);
      bounded.put("le", i < bounds.size() ? seconds(bounds.get(i)) : "+Inf");
      samples.add(new Sample("_bucket", bounded, (double) below));
    }
    samples.add(new Sample("_sum", labels, nanos.sum() / NANOS));
    samples.add(new Sample("_count", labels, (double) below));
    return samples;
  }

  private static String seconds(Duration bound) {
    return bound.toNanosPart() == 0
        ? Long.toString(bound.toSeconds())
        : Double.toString(bound.toNanos() / NANOS);
  }

  /** Bounds of so many milliseconds, which must grow. */
  static List<Duration> millis(long... bounds) {
    List<Duration> all = LongStream.of(bounds).mapToObj(Duration::ofMillis).toList();
    if (!all.stream().sorted().distinct().toList().equals(all)) {
      throw new IllegalArgumentException("bounds " + all);
    }
    return all;
  }
}
