package dev.mystical.scanner.stand;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** One answer in the AWS JSON 1.0 protocol. */
record SqsAnswer(int status, Map<String, String> headers, String body) {

  static final JsonMapper JSON = new JsonMapper();
  private static final String MEDIA_TYPE = "application/x-amz-json-1.0";
  private static final String LEGACY = "AWS.SimpleQueueService.";

  /** Errors whose code in the query protocol is the name with the prefix (the service's model). */
  private static final Set<String> PREFIXED =
      Set.of(
          "BatchEntryIdsNotDistinct",
          "BatchRequestTooLong",
          "EmptyBatchRequest",
          "InvalidBatchEntryId",
          "MessageNotInflight",
          "PurgeQueueInProgress",
          "QueueDeletedRecently",
          "TooManyEntriesInBatchRequest",
          "UnsupportedOperation");

  SqsAnswer {
    headers = Map.copyOf(headers);
  }

  static SqsAnswer ok(ObjectNode body) {
    return new SqsAnswer(200, Map.of("Content-Type", MEDIA_TYPE), body.toString());
  }

  static SqsAnswer error(String type, int status) {
    ObjectNode body = JSON.createObjectNode();
    body.put("__type", "com.amazonaws.sqs#" + type);
    body.put("message", type + " by order of the test stand");
    String fault = status < 500 ? ";Sender" : ";Receiver";
    return new SqsAnswer(
        status,
        Map.of("Content-Type", MEDIA_TYPE, "x-amzn-query-error", queryCode(type) + fault),
        body.toString());
  }

  private static String queryCode(String type) {
    if (type.equals("QueueDoesNotExist")) {
      return LEGACY + "NonExistentQueue";
    }
    return PREFIXED.contains(type) ? LEGACY + type : type;
  }

  /** The answer of a ReceiveMessage with its messages again, up to as many as were asked for. */
  SqsAnswer repeated(String request) throws JsonProcessingException {
    if (!(JSON.readTree(body) instanceof ObjectNode answer)
        || !(answer.path("Messages") instanceof ArrayNode messages)) {
      return this;
    }
    int most = JSON.readTree(request).path("MaxNumberOfMessages").asInt(1);
    ArrayNode all = messages.deepCopy();
    for (int i = 0; i < messages.size() && all.size() < most; i++) {
      all.add(messages.get(i));
    }
    answer.set("Messages", all);
    return ok(answer);
  }
}
