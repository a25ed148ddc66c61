package dev.mystical.scanner.redis.feed;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.wire.ErrorDocument;
import java.util.Map;
import org.slf4j.spi.LoggingEventBuilder;

/** An error as a line of the log, which is the only place where some errors are left. */
final class FeedLog {
  /** What every line of the log has for itself, and what an error's own is called instead. */
  private static final Map<String, String> OTHERWISE = Map.of("time", "at", "message", "reason");

  private FeedLog() {}

  /** Writes the event with all fields of the error. */
  static void tell(LoggingEventBuilder line, String event, ErrorEntry entry) {
    LoggingEventBuilder told = line;
    for (Map.Entry<String, String> field : ErrorDocument.fields(entry).entrySet()) {
      told =
          told.addKeyValue(
              OTHERWISE.getOrDefault(field.getKey(), field.getKey()),
              value(field.getKey(), field.getValue()));
    }
    told.log(event);
  }

  /** As other lines write the same kind of thing: programs expect one kind under one name. */
  private static Object value(String field, String text) {
    return switch (field) {
      case "time", "attempt", "count" -> Long.valueOf(text);
      case "retryable", "replayed" -> Boolean.valueOf(text);
      default -> text;
    };
  }
}
