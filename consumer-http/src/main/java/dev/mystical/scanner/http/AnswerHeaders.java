package dev.mystical.scanner.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a handler may say in a header of its answer. */
final class AnswerHeaders {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
  // A line break would begin another header, or another answer.
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]*");
  private static final Set<String> LISTENERS =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "date",
          "keep-alive",
          "server",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "x-content-type-options");

  private AnswerHeaders() {}

  static void check(Headers.Field field) {
    if (!NAME.matcher(field.name()).matches()
        || LISTENERS.contains(field.name().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("header name " + field.name());
    }
    if (!VALUE.matcher(field.value()).matches()) {
      throw new IllegalArgumentException("header value of " + field.name());
    }
  }
}
