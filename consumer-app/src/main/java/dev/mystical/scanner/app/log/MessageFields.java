package dev.mystical.scanner.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/**
 * The names and values of an event. They come from three places, and the first that has a name
 * counts: our messages, which are all {@code event=what name={} other="{}"}; key-value pairs; and
 * what the thread works on. Values are taken from the arguments, not from the text, so that none
 * can pass for another one's name. Messages of foreign libraries have no names.
 */
final class MessageFields {
  private static final String OURS = "event=";
  private static final String HOLE = "{}";
  private static final Pattern FIELD =
      Pattern.compile("(?<=^|\\s)([A-Za-z][A-Za-z0-9]*)=(\"[^\"]*\"|\\S*)");

  private MessageFields() {}

  static Map<String, Object> of(ILoggingEvent event) {
    Map<String, Object> fields = inMessage(event);
    aside(event).forEach(fields::putIfAbsent);
    return fields;
  }

  /** Those that the message does not name itself. */
  static Map<String, Object> beside(ILoggingEvent event) {
    Map<String, Object> fields = aside(event);
    fields.keySet().removeAll(inMessage(event).keySet());
    return fields;
  }

  private static Map<String, Object> aside(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        fields.putIfAbsent(pair.key, pair.value == null ? "null" : pair.value);
      }
    }
    new TreeMap<>(event.getMDCPropertyMap()).forEach(fields::putIfAbsent);
    return fields;
  }

  private static Map<String, Object> inMessage(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    String pattern = String.valueOf(event.getMessage());
    if (!pattern.startsWith(OURS)) {
      return fields;
    }
    Object[] arguments =
        event.getArgumentArray() == null ? new Object[0] : event.getArgumentArray();
    Matcher field = FIELD.matcher(pattern);
    while (field.find()) {
      int before = holes(pattern.substring(0, field.start(2)));
      fields.putIfAbsent(field.group(1), value(field.group(2), arguments, before));
    }
    return fields;
  }

  private static Object value(String text, Object[] arguments, int before) {
    String bare = text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    if (bare.equals(HOLE) && before < arguments.length) {
      return arguments[before] == null ? "null" : arguments[before];
    }
    int own = Math.min(holes(bare), arguments.length - before);
    return own <= 0
        ? bare
        : MessageFormatter.basicArrayFormat(
            bare, Arrays.copyOfRange(arguments, before, before + own));
  }

  private static int holes(String text) {
    return text.split("\\{}", -1).length - 1;
  }
}
