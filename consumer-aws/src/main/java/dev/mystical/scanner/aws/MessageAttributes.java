package dev.mystical.scanner.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Message attributes as plain texts, and the names of those that mean something to us. */
final class MessageAttributes {
  /** On a copy in the dead-letter queue: the message it is a copy of. */
  static final String SOURCE = "sourceMessageId";

  /** On a copy in the dead-letter queue: why it is there. */
  static final String CODE = "code";

  /** On a copy that had to be cut: how many bytes the whole had. */
  static final String CUT_FROM = "cutFrom";

  /** All that is asked for: each attribute counts as received bytes. */
  static final List<String> READ = List.of("signature", "traceparent", SOURCE);

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
