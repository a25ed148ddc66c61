package dev.mystical.scanner.app.settings;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/** The form of a Redis URL. */
final class RedisUrl {
  private static final Pattern DATABASE = Pattern.compile("/?|/\\d{1,5}");

  private RedisUrl() {}

  static void check(String text) {
    URI url = Formats.url(text, Set.of("redis", "rediss"));
    if (url.getRawQuery() != null || !DATABASE.matcher(url.getRawPath()).matches()) {
      throw new IllegalArgumentException(
          "must be redis:// or rediss://, user:password@ where needed, host:port, and the database"
              + " as /number");
    }
  }
}
