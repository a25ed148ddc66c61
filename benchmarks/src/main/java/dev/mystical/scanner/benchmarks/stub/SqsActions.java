package dev.mystical.scanner.benchmarks.stub;

import static dev.mystical.scanner.benchmarks.stub.Answer.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** SQS's JSON protocol before one queue and its dead-letter queue, which is always empty here. */
final class SqsActions {
  private static final String DEAD = "dead-letters";
  private static final String DEAD_ARN = "arn:aws:sqs:us-east-1:123456789012:" + DEAD;

  private final StubQueue queue;
  private final StubRules rules;

  SqsActions(StubQueue queue, StubRules rules) {
    this.queue = queue;
    this.rules = rules;
  }

  Answer answer(String action, JsonNode request, String queues) throws InterruptedException {
    boolean dead = request.path("QueueUrl").asText().endsWith(DEAD);
    return switch (action) {
      case "GetQueueUrl" ->
          Answer.ok(
              JSON.createObjectNode().put("QueueUrl", queues + request.path("QueueName").asText()));
      case "GetQueueAttributes" -> Answer.ok(attributes(dead));
      case "ReceiveMessage" -> Answer.ok(receive(request, dead));
      case "SendMessage" -> Answer.ok(send(request));
      case "DeleteMessage" -> {
        queue.delete(request.path("ReceiptHandle").asText());
        yield Answer.ok(JSON.createObjectNode());
      }
      case "DeleteMessageBatch" -> Answer.ok(deleteAll(request));
      case "ChangeMessageVisibility" ->
          hold(request)
              ? Answer.ok(JSON.createObjectNode())
              : Answer.error(400, "com.amazonaws.sqs#MessageNotInflight", "not in flight");
      case "ChangeMessageVisibilityBatch" -> Answer.ok(holdAll(request));
      default -> Answer.error(400, "com.amazonaws.sqs#UnsupportedOperation", action);
    };
  }

  private ObjectNode attributes(boolean dead) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode attributes = answer.putObject("Attributes");
    attributes.put("VisibilityTimeout", Long.toString(rules.visibility().toSeconds()));
    attributes.put("MessageRetentionPeriod", "345600");
    attributes.put("ApproximateNumberOfMessages", dead ? "0" : Integer.toString(queue.size()));
    if (!dead) {
      ObjectNode redrive = JSON.createObjectNode();
      redrive.put("deadLetterTargetArn", DEAD_ARN).put("maxReceiveCount", rules.maxReceives());
      attributes.put("RedrivePolicy", redrive.toString());
    }
    return answer;
  }

  private ObjectNode receive(JsonNode request, boolean dead) throws InterruptedException {
    int max = request.path("MaxNumberOfMessages").asInt(1);
    Duration wait = Duration.ofSeconds(request.path("WaitTimeSeconds").asInt(0));
    List<StubQueue.Received> received = dead ? List.of() : queue.receive(max, wait);
    ObjectNode answer = JSON.createObjectNode();
    if (received.isEmpty()) {
      return answer;
    }
    ArrayNode messages = answer.putArray("Messages");
    for (StubQueue.Received one : received) {
      ObjectNode message = messages.addObject();
      message.put("MessageId", one.message().id());
      message.put("ReceiptHandle", one.receipt());
      message.put("MD5OfBody", one.message().md5());
      message.put("Body", one.message().body());
      message
          .putObject("Attributes")
          .put("ApproximateReceiveCount", Integer.toString(one.receives()))
          .put("SentTimestamp", Long.toString(one.message().at()));
    }
    return answer;
  }

  private ObjectNode send(JsonNode request) {
    return JSON.createObjectNode()
        .put("MessageId", queue.send(request.path("MessageBody").asText()));
  }

  private ObjectNode deleteAll(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode successful = answer.putArray("Successful");
    for (JsonNode entry : request.path("Entries")) {
      queue.delete(entry.path("ReceiptHandle").asText());
      successful.addObject().put("Id", entry.path("Id").asText());
    }
    answer.putArray("Failed");
    return answer;
  }

  private boolean hold(JsonNode entry) {
    return queue.hold(
        entry.path("ReceiptHandle").asText(),
        Duration.ofSeconds(entry.path("VisibilityTimeout").asInt()));
  }

  private ObjectNode holdAll(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode successful = answer.putArray("Successful");
    ArrayNode failed = answer.putArray("Failed");
    for (JsonNode entry : request.path("Entries")) {
      String id = entry.path("Id").asText();
      if (hold(entry)) {
        successful.addObject().put("Id", id);
      } else {
        failed
            .addObject()
            .put("Id", id)
            .put("SenderFault", true)
            .put("Code", "MessageNotInflight")
            .put("Message", "not in flight");
      }
    }
    return answer;
  }
}
