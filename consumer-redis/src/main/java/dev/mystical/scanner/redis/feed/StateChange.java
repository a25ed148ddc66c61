package dev.mystical.scanner.redis.feed;

import java.util.Map;

/**
 * A change of state as it stands in the stream of events.
 *
 * @param event the CloudEvent, as JSON
 */
public record StateChange(String type, String tenant, String scanId, String event) {
  static StateChange of(Map<String, String> fields) {
    return new StateChange(
        fields.getOrDefault("type", ""),
        fields.getOrDefault("tenant", ""),
        fields.getOrDefault("scanId", ""),
        fields.getOrDefault("event", ""));
  }
}
