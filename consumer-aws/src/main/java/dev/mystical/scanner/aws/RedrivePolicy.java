package dev.mystical.scanner.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * What a queue does with a message that is received too often.
 *
 * @param target the ARN of the queue it moves it to
 */
record RedrivePolicy(String target, Optional<Integer> maxReceives) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the attribute; nothing where it is no policy. */
  static Optional<RedrivePolicy> parse(String text) {
    try {
      JsonNode policy = JSON.readTree(text);
      String target = policy.path("deadLetterTargetArn").asText();
      // SQS takes, and gives back, the count as a number or as a text.
      int count = policy.path("maxReceiveCount").asInt();
      return target.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new RedrivePolicy(target, count > 0 ? Optional.of(count) : Optional.empty()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
