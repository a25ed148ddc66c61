package dev.mystical.scanner.redis.feed;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.wire.ErrorDocument;
import java.util.Map;
import java.util.stream.Collectors;

/** An error in one line of the log: its fields, the message last and in quotes. */
final class FeedLog {
  private FeedLog() {}

  static String line(ErrorEntry entry) {
    Map<String, String> fields = ErrorDocument.fields(entry);
    String message = fields.remove("message");
    return fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + field.getValue())
            .collect(Collectors.joining(" "))
        + " message=\""
        + message
        + "\"";
  }
}
