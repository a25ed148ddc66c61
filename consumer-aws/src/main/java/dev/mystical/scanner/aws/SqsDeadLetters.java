package dev.mystical.scanner.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.scan.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies poison to another queue of SQS. Immutable, for any thread.
 *
 * <p>A body that its own queue took may be too long for the copy, with the attributes, or because
 * that queue's MaximumMessageSize is smaller. Such a copy is cut and says so: poison that could
 * never be copied would come back for ever.
 */
final class SqsDeadLetters implements DeadLetters {
  private static final int LONGEST = 1024 * 1024;
  private static final int ATTRIBUTES = 1024;

  /** No good signature or trace is longer, and what is copied must fit. */
  private static final int LONGEST_KEPT = 200;

  // "One or more parameters are invalid. Reason: Message must be shorter than 262144 bytes."
  private static final Pattern TOO_LONG = Pattern.compile("shorter than (\\d{1,9}) bytes");

  private final SqsSender queue;

  SqsDeadLetters(SqsSender queue) {
    this.queue = queue;
  }

  @Override
  public boolean known() {
    return true;
  }

  @Override
  public void copy(Delivery delivery, ErrorCode code) throws InterruptedException {
    try {
      send(delivery, code, LONGEST - ATTRIBUTES);
    } catch (QueueUnavailable e) {
      Matcher limit = TOO_LONG.matcher(String.valueOf(e.getMessage()));
      if (!limit.find()) {
        throw e;
      }
      send(delivery, code, Math.max(1, Integer.parseInt(limit.group(1)) - ATTRIBUTES));
    }
  }

  private void send(Delivery delivery, ErrorCode code, int bytes) throws InterruptedException {
    Map<String, String> attributes = new HashMap<>();
    attributes.put(DeadLetters.SOURCE, delivery.id().value());
    attributes.put(DeadLetters.CODE, code.name());
    delivery
        .attributes()
        .forEach((name, value) -> {
          if (MessageAttributes.KEPT.contains(name) && value.length() <= LONGEST_KEPT) {
            attributes.put(name, value);
          }
        });
    String body = cut(delivery.body(), bytes);
    if (body.length() < delivery.body().length()) {
      attributes.put(
          MessageAttributes.CUT_FROM, Integer.toString(delivery.body().getBytes(UTF_8).length));
    }
    queue.send(body, attributes);
  }

  /** The longest start of a text that fits, never half a character. */
  static String cut(String text, int bytes) {
    if (text.length() <= bytes / 3) {
      return text;
    }
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      used += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (used > bytes) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }
}
