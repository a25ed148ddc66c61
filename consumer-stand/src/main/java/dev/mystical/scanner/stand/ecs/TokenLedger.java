package dev.mystical.scanner.stand.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The client tokens of one cluster ("Ensuring idempotency", ECS API Reference): a repeat with the
 * same parameters gets the original result, one with others a conflict, until the token is
 * forgotten after 24 hours, or after the life of what it launched and one hour more, whichever is
 * sooner.
 *
 * <p>Guarded by the stand's lock.
 */
final class TokenLedger {

  private static final Duration LONGEST = Duration.ofHours(24);

  private final int capacity;
  private final Duration afterLife;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * Of one cluster.
   *
   * @param capacity beyond so many tokens the oldest is forgotten early: a stand's memory has an
   *     end
   * @param afterLife how long a token outlives what it launched: one hour, unless a test says less
   */
  TokenLedger(int capacity, Duration afterLife) {
    this.capacity = capacity;
    this.afterLife = afterLife;
  }

  /**
   * What a token stands for.
   *
   * @param fingerprint of all parameters but the token
   * @param at when it was used first
   * @param tasks launched
   * @param failures answered
   */
  record Entry(String fingerprint, Instant at, List<StandTask> tasks, List<JsonNode> failures) {

    Entry {
      tasks = List.copyOf(tasks);
      failures = List.copyOf(failures);
    }

    /** Lifetime runs from creation to STOPPED of the last task; failures alone have none. */
    Instant forgottenAt(Duration afterLife) {
      Instant latest = at.plus(LONGEST);
      Instant lastEnd = at;
      for (StandTask task : tasks) {
        Instant end = task.stamped(StandTask.Stamp.stoppedAt).orElse(latest);
        lastEnd = end.isAfter(lastEnd) ? end : lastEnd;
      }
      Instant outlived = lastEnd.plus(afterLife);
      return outlived.isBefore(latest) ? outlived : latest;
    }
  }

  /**
   * The entry of a token used before.
   *
   * @throws EcsError ConflictException with the task ARNs where the parameters differ
   */
  Optional<Entry> find(String token, String fingerprint, Instant now) {
    Entry entry = entries.get(token);
    if (entry == null) {
      return Optional.empty();
    }
    if (!now.isBefore(entry.forgottenAt(afterLife))) {
      entries.remove(token);
      return Optional.empty();
    }
    if (!entry.fingerprint().equals(fingerprint)) {
      throw EcsError.conflict(entry.tasks().stream().map(StandTask::arn).toList());
    }
    return Optional.of(entry);
  }

  void record(String token, Entry entry) {
    entries.put(token, entry);
    if (entries.size() > capacity) {
      entries.values().removeIf(old -> !entry.at().isBefore(old.forgottenAt(afterLife)));
    }
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() > capacity) {
      oldest.next();
      oldest.remove();
    }
  }

  int size() {
    return entries.size();
  }
}
