package dev.mystical.scanner.http.api;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client says of how an answer may be packed (RFC 9110, section 12.5.3). */
final class AcceptedCodings {
  private static final Pattern ITEM =
      Pattern.compile("\\s*([a-z0-9*_.+-]+)\\s*(?:;\\s*q\\s*=\\s*([01](?:\\.\\d{0,3})?)\\s*)?");

  private AcceptedCodings() {}

  /**
   * Whether gzip is welcome; a client that says nothing, or nothing that can be read, gets none.
   */
  static boolean gzip(String header) {
    Map<String, Boolean> welcome = new HashMap<>();
    for (String item : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      Matcher matcher = ITEM.matcher(item);
      if (matcher.matches()) {
        String weight = matcher.group(2) == null ? "1" : matcher.group(2);
        welcome.put(matcher.group(1), Double.parseDouble(weight) > 0);
      }
    }
    return welcome.getOrDefault(
        "gzip", welcome.getOrDefault("x-gzip", welcome.getOrDefault("*", false)));
  }
}
