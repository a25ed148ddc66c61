package dev.mystical.scanner.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mystical.scanner.stand.ecs.TaskEvents;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells each change of each task as ECS's events tell it, and waits for their ends. The thread that
 * delivers alone touches what was shown; {@code lock} guards what has ended.
 */
final class TaskWatch implements TaskEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a task ended. */
  record Ended(String taskArn, int exitCode, String reason) {}

  private final Voice voice;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Ended> ended = new LinkedHashMap<>();
  private final Map<String, String> shown = new LinkedHashMap<>();

  TaskWatch(Voice voice) {
    this.voice = voice;
  }

  @Override
  public void deliver(String event) {
    JsonNode task;
    try {
      task = JSON.readTree(event).path("detail");
    } catch (JsonProcessingException unreadable) {
      voice.say(Voice.Tone.BAD, "ecs", "an event that is no JSON");
      return;
    }
    String[] startedBy = task.path("startedBy").asText().split("/", -1);
    String provider = startedBy[startedBy.length - 1];
    String status = task.path("lastStatus").asText();
    if (status.equals(shown.put(provider, status))) {
      // An event tells any change of a task, not of its status alone.
      return;
    }
    if (status.equals("STOPPED")) {
      end(provider, task);
    } else {
      voice.say(Voice.Tone.QUIET, "ecs", "task of %s is %s".formatted(provider, status));
    }
  }

  private void end(String provider, JsonNode task) {
    int code = task.path("containers").path(0).path("exitCode").asInt(-1);
    String reason = task.path("stoppedReason").asText();
    voice.say(
        code == 0 ? Voice.Tone.GOOD : Voice.Tone.BAD,
        "ecs",
        "task of %s is STOPPED, exit code %s (%s)"
            .formatted(provider, code < 0 ? "none" : code, reason));
    lock.lock();
    try {
      ended.put(provider, new Ended(task.path("taskArn").asText(), code, reason));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so many providers' tasks have stopped, or the time is over. */
  Map<String, Ended> await(int tasks, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (ended.size() < tasks && left > 0) {
        left = changed.awaitNanos(left);
      }
      return new LinkedHashMap<>(ended);
    } finally {
      lock.unlock();
    }
  }
}
