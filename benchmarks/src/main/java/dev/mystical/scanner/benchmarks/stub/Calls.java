package dev.mystical.scanner.benchmarks.stub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each action was asked for, answered or not. Safe for use by many threads. */
public final class Calls {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String action) {
    counts.computeIfAbsent(action, it -> new LongAdder()).increment();
  }

  public long count(String... actions) {
    long sum = 0;
    for (String action : actions) {
      LongAdder count = counts.get(action);
      sum += count == null ? 0 : count.sum();
    }
    return sum;
  }
}
