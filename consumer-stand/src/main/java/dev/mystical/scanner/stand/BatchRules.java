package dev.mystical.scanner.stand;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules for batches that SQS enforces before it looks at the entries (API reference, errors of
 * DeleteMessageBatch and ChangeMessageVisibilityBatch); ElasticMQ does not know all of them.
 */
final class BatchRules {

  private static final int MOST_ENTRIES = 10;
  private static final Pattern ENTRY_ID = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private BatchRules() {}

  /** The error that SQS answers, empty where the batch may pass. */
  static Optional<String> broken(JsonNode entries) {
    if (entries.isEmpty()) {
      return Optional.of("EmptyBatchRequest");
    }
    if (entries.size() > MOST_ENTRIES) {
      return Optional.of("TooManyEntriesInBatchRequest");
    }
    Set<String> ids = new HashSet<>();
    for (JsonNode entry : entries) {
      String id = entry.path("Id").asText();
      if (!ENTRY_ID.matcher(id).matches()) {
        return Optional.of("InvalidBatchEntryId");
      }
      if (!ids.add(id)) {
        return Optional.of("BatchEntryIdsNotDistinct");
      }
    }
    return Optional.empty();
  }
}
