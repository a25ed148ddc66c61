package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.domain.launch.TaskRequest;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Launches that look like ours and are not. */
final class Foreign {
  private static final AtomicLong TOKENS = new AtomicLong();

  private Foreign() {}

  static TaskRequest named(TaskRequest request, String startedBy) {
    return with(request, request.environment(), startedBy, request.tags());
  }

  static TaskRequest tagged(TaskRequest request, String name, String value) {
    SequencedMap<String, String> tags = new LinkedHashMap<>(request.tags());
    tags.put(name, value);
    return with(request, request.environment(), request.startedBy(), tags);
  }

  static TaskRequest untagged(TaskRequest request) {
    return with(request, request.environment(), request.startedBy(), new LinkedHashMap<>());
  }

  static TaskRequest unsealed(TaskRequest request) {
    SortedMap<String, String> environment = new TreeMap<>(request.environment());
    environment.remove("SCAN_SEALED");
    return with(request, environment, request.startedBy(), request.tags());
  }

  /** The very same, launched once more. */
  static TaskRequest again(TaskRequest request) {
    return with(request, request.environment(), request.startedBy(), request.tags());
  }

  private static TaskRequest with(
      TaskRequest request,
      SortedMap<String, String> environment,
      String startedBy,
      SequencedMap<String, String> tags) {
    return new TaskRequest(
        request.cluster(),
        request.taskDefinition(),
        request.container(),
        request.placement(),
        request.network(),
        environment,
        startedBy,
        tags,
        "foreign-" + TOKENS.incrementAndGet());
  }
}
