package dev.mystical.scanner.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An event's message, and behind it and written like it what the event names beside; all in one
 * line.
 */
final class OneLineConverter extends ClassicConverter {
  private static final Pattern BREAKS = Pattern.compile("[\\r\\n]+");

  @Override
  public String convert(ILoggingEvent event) {
    String text =
        event.getFormattedMessage()
            + MessageFields.beside(event).entrySet().stream()
                .map(
                    field -> " " + field.getKey() + "=" + written(String.valueOf(field.getValue())))
                .collect(Collectors.joining());
    // Few have any, and an expression costs more than all the rest of the line.
    return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
        ? text
        : BREAKS.matcher(text).replaceAll(" ");
  }

  private static String written(String value) {
    return value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)
        ? "\"" + value.replace('"', '\'') + "\""
        : value;
  }
}
