package dev.mystical.scanner.http.webhook;

import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a receiver's answer means. Nothing of its text goes any further. */
final class Answers {
  private static final int GONE = 410;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private Answers() {}

  /**
   * What became of a webhook.
   *
   * @param retryAfter the answer's header of that name
   */
  static DeliveryOutcome outcome(
      CallbackUrl url, int status, Optional<String> retryAfter, Instant now) {
    String why = "%s answered %d".formatted(url.host(), status);
    if (status == GONE) {
      return new DeliveryOutcome.Gone(why);
    }
    return switch (status / 100) {
      case 2 -> new DeliveryOutcome.Delivered(status);
      case 3 -> refused(status, why + ", and redirects are not followed", retryAfter, now);
      default -> refused(status, why, retryAfter, now);
    };
  }

  private static DeliveryOutcome refused(
      int status, String why, Optional<String> retryAfter, Instant now) {
    return new DeliveryOutcome.Refused(
        status, why, retryAfter.flatMap(text -> wait(text.strip(), now)));
  }

  private static Optional<Duration> wait(String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, until)).filter(Duration::isPositive);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
