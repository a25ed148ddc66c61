package dev.mystical.scanner.wire.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Texts from outside, as people may see them: of bounded length, without control characters, halves
 * of surrogate pairs, and marks that turn the direction of writing. Each method changes nothing of
 * what it has made itself.
 */
final class Texts {
  static final int LONGEST = 16 * 1024;
  static final int LONGEST_URI = 2_048;

  private static final String CUT = "…";
  private static final Set<String> SCHEMES = Set.of("http", "https", "ssh", "git");
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  private Texts() {}

  /** Keeps line feeds and tabs. */
  static String lines(String text) {
    return cut(allowed(text, "\n\t") ? text : kept(text.replace("\r\n", "\n"), "\n\t"));
  }

  /** In one line. */
  static String line(String text) {
    return cut(allowed(text, "") ? text : kept(text.replaceAll("[\\r\\n\\t]+", " "), ""));
  }

  /** For what is told about a document: in one line, and short. */
  static String quoted(String text) {
    String line = line(text.length() <= 80 ? text : text.substring(0, 80));
    return line.length() <= 40 ? line : line.substring(0, 39) + CUT;
  }

  /** An address that may be shown as a link, without user info; empty if it is none. */
  static Optional<String> address(String text) {
    if (text.length() > LONGEST_URI) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text.strip());
      if (uri.getScheme() == null || uri.getHost() == null) {
        return Optional.empty();
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      if (!SCHEMES.contains(scheme)) {
        return Optional.empty();
      }
      String address = uri.toASCIIString();
      int authority = address.indexOf("//") + 2;
      String rest = address.substring(authority);
      return Optional.of(scheme + "://" + withoutUser(rest, uri.getRawAuthority().length()))
          .filter(whole -> whole.length() <= LONGEST_URI);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String withoutUser(String rest, int authority) {
    int at = rest.lastIndexOf('@', authority);
    return rest.substring(at + 1);
  }

  /** A date and time (§3.9); empty if it is none. */
  static Optional<String> time(String text) {
    if (!TIME.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      OffsetDateTime.parse(text);
      return Optional.of(text);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean allowed(String text, String controls) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      // Nearly all that reports hold; a stream of code points takes twenty times as long.
      boolean plain = c >= ' ' && c < 0x7f;
      if (!plain && controls.indexOf(c) < 0) {
        return text.codePoints().skip(i).allMatch(point -> isAllowed(point, controls));
      }
    }
    return true;
  }

  private static String kept(String text, String controls) {
    return text.codePoints()
        .map(point -> point == '\r' && controls.indexOf('\n') >= 0 ? '\n' : point)
        .filter(point -> isAllowed(point, controls))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isAllowed(int point, String controls) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> controls.indexOf(point) >= 0;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
      case Character.FORMAT -> !turnsDirection(point);
      default -> true;
    };
  }

  /** With these a line of code can be made to read otherwise than it runs. */
  private static boolean turnsDirection(int point) {
    return point == 0x061c
        || point == 0x200e
        || point == 0x200f
        || (point >= 0x202a && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - CUT.length();
    // Not between the halves of a pair.
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
