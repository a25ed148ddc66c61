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
              OTHERWISE.getOrDefault(field.getKey(), field.getKey()), field.getValue());
    }
    told.log(event);
  }
}
