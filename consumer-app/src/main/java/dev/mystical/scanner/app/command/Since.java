package dev.mystical.scanner.app.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment in the past, named by itself or by how long ago it was. */
sealed interface Since {
  Pattern AGO = Pattern.compile("(\\d{1,9})(s|m|h|d)");

  /** A moment as such. */
  record At(Instant moment) implements Since {}

  /** So long before now. */
  record Ago(Duration time) implements Since {}

  default Instant instant(Instant now) {
    return switch (this) {
      case At(Instant moment) -> moment;
      case Ago(Duration time) -> now.minus(time);
    };
  }

  static Since parse(String text) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long number = Long.parseLong(ago.group(1));
      return new Ago(
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    try {
      return new At(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new UsageProblem(
          "--since takes how long ago, such as 15m, 2h or 1d, or a time such as"
              + " 2026-01-31T12:00:00Z, not "
              + text,
          e);
    }
  }
}
