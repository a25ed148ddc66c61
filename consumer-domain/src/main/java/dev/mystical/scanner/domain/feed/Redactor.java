package dev.mystical.scanner.domain.feed;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes a text fit to be seen: one line, at most 1 KiB, no secret. The secrets that the process was
 * given go by value; what only looks like one goes by its shape.
 */
public final class Redactor {
  public static final int LONGEST = 1024;

  private static final String HIDDEN = "***";
  // A shorter one would blank out ordinary words.
  private static final int SHORTEST_SECRET = 6;
  private static final List<Pattern> SHAPES =
      List.of(
          Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          Pattern.compile("(?<=://)[^/\\s:@]*:[^/\\s@]+(?=@)"),
          Pattern.compile("(?i)(?<=bearer )[A-Za-z0-9._~+/=-]{8,}"),
          Pattern.compile("\\bwhsec_[A-Za-z0-9+/=]+"),
          Pattern.compile(
              "(?i)(?<=\\b(?:password|passwd|secret|token|api[-_]?key|signature)[\"']?[=:]\\s?[\"']?)[^\\s\"',;&]{3,}"));
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  private final List<String> secrets;

  public Redactor(Collection<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  public String clean(String text) {
    // Cut first to a generous length: patterns over a huge text would be an attack on us.
    String cleaned = text.length() > 16 * LONGEST ? text.substring(0, 16 * LONGEST) : text;
    for (String secret : secrets) {
      cleaned = cleaned.replace(secret, HIDDEN);
    }
    for (Pattern shape : SHAPES) {
      cleaned = shape.matcher(cleaned).replaceAll(HIDDEN);
    }
    cleaned = BREAKS.matcher(cleaned).replaceAll(" ").strip();
    return cut(cleaned);
  }

  private static String cut(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > LONGEST) {
        return text.substring(0, i);
      }
      i += Character.charCount(point);
    }
    return text;
  }
}
