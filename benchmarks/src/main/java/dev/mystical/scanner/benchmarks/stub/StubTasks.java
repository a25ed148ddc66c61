package dev.mystical.scanner.benchmarks.stub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks of a cluster, kept for ever. Safe for use by many threads. */
public final class StubTasks {
  private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:task/scans/";

  // All guarded by this.
  private final Map<String, StubTask> byArn = new LinkedHashMap<>();
  private final Map<String, StubTask> byToken = new HashMap<>();
  private final List<StubTask> all = new ArrayList<>();
  private final Map<String, Integer> byStarter = new HashMap<>();
  private final Map<String, Long> firstAsked = new HashMap<>();

  synchronized void asked(String starter, long nanos) {
    firstAsked.putIfAbsent(starter, nanos);
  }

  /** The task of that token, which is new if the token is. */
  synchronized StubTask launch(String token, String starter, String request) {
    @Nullable StubTask known = token.isEmpty() ? null : byToken.get(token);
    if (known != null) {
      return known;
    }
    StubTask task =
        new StubTask(
            ARN + "%032x".formatted(all.size()), starter, request, System.currentTimeMillis());
    all.add(task);
    byArn.put(task.arn(), task);
    if (!token.isEmpty()) {
      byToken.put(token, task);
    }
    byStarter.merge(starter, 1, Integer::sum);
    return task;
  }

  synchronized @Nullable StubTask find(String arnOrId) {
    return byArn.get(arnOrId.startsWith("arn:") ? arnOrId : ARN + arnOrId);
  }

  synchronized List<StubTask> from(int position, int most) {
    int start = Math.min(position, all.size());
    return List.copyOf(all.subList(start, Math.min(all.size(), start + most)));
  }

  synchronized List<StubTask> startedBy(String starter) {
    return all.stream().filter(task -> task.startedBy().equals(starter)).toList();
  }

  public synchronized int count() {
    return all.size();
  }

  /** How many tasks each starter has. */
  public synchronized Map<String, Integer> byStarter() {
    return Map.copyOf(byStarter);
  }

  /** When RunTask was first called for a starter, on this process's nano clock; null for never. */
  public synchronized @Nullable Long firstAsked(String starter) {
    return firstAsked.get(starter);
  }

  /** How many starters RunTask was called for. */
  public synchronized int starters() {
    return firstAsked.size();
  }
}
