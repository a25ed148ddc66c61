package dev.mystical.scanner.stand.ecs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was called how often, and the newest RunTask requests. Guarded by its own monitor. */
final class CallJournal {

  private static final int MOST_REQUESTS = 10_000;
  private static final long MOST_CHARACTERS = 32L << 20;
  private static final int MOST_NAMES = 1_000;

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Long> errors = new TreeMap<>();
  private final Deque<RunTaskCall> requests = new ArrayDeque<>();
  private long characters;

  synchronized void called(String operation) {
    count(counts, operation);
  }

  synchronized void failed(String operation, String error) {
    count(errors, operation + " " + error);
  }

  private static void count(Map<String, Long> counts, String name) {
    if (counts.size() < MOST_NAMES || counts.containsKey(name)) {
      counts.merge(name, 1L, Long::sum);
    }
  }

  synchronized void requested(RunTaskCall call) {
    requests.add(call);
    characters += call.body().length();
    while (requests.size() > MOST_REQUESTS || characters > MOST_CHARACTERS) {
      characters -= requests.remove().body().length();
    }
  }

  synchronized void clear() {
    counts.clear();
    errors.clear();
    requests.clear();
    characters = 0;
  }

  synchronized Calls calls() {
    return new Calls(counts, errors, List.copyOf(requests));
  }
}
