package dev.mystical.scanner.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mystical.scanner.stand.ecs.TaskEvents;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells each change of each task as ECS's events tell it. The thread that delivers alone touches
 * what was shown.
 */
final class TaskWatch implements TaskEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Voice voice;
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
  }
}
