package dev.mystical.scanner.benchmarks.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What a call is answered. */
record Answer(int status, JsonNode body) {
  static final JsonMapper JSON = new JsonMapper();

  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static Answer error(int status, String type, String message) {
    return new Answer(status, JSON.createObjectNode().put("__type", type).put("message", message));
  }
}
