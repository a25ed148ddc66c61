package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.intake.Intake;
import dev.mystical.scanner.domain.queue.DeadLetters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Message attributes as plain texts, and the names of those that mean something to us. */
final class MessageAttributes {
  /** On a copy that had to be cut: how many bytes the whole had. */
  static final String CUT_FROM = "cutFrom";

  /** What a message needs to stay what it is, wherever it is copied to. */
  static final List<String> KEPT = List.of(Intake.SIGNATURE, Intake.TRACEPARENT);

  /** All that is asked for: each attribute counts as received bytes. */
  static final List<String> READ =
      List.of(Intake.SIGNATURE, Intake.TRACEPARENT, DeadLetters.SOURCE);

  /** The same for those in the dead-letter queue. */
  static final List<String> READ_DEAD =
      List.of(Intake.SIGNATURE, Intake.TRACEPARENT, DeadLetters.SOURCE, DeadLetters.CODE);

  private static final String TEXT = "String";

  private MessageAttributes() {}

  static Map<String, String> texts(Message message) {
    Map<String, String> texts = new HashMap<>();
    message
        .messageAttributes()
        .forEach((name, value) -> {
          if (value.stringValue() != null && TEXT.equals(value.dataType())) {
            texts.put(name, value.stringValue());
          }
        });
    return texts;
  }

  static Map<String, MessageAttributeValue> values(Map<String, String> texts) {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    texts.forEach((name, text) ->
        values.put(name, MessageAttributeValue.builder().dataType(TEXT).stringValue(text).build()));
    return values;
  }
}
