package dev.mystical.scanner.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.stream.Collectors;

/** What an event names beside its message, behind it and written like it. */
final class BesideConverter extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return MessageFields.beside(event).entrySet().stream()
        .map(field -> " " + field.getKey() + "=" + written(String.valueOf(field.getValue())))
        .collect(Collectors.joining());
  }

  private static String written(String value) {
    return value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)
        ? "\"" + value.replace('"', '\'') + "\""
        : value;
  }
}
