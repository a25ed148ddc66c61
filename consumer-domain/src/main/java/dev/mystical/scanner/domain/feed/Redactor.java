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

  private static final int SEARCHED = 16 * LONGEST;
  private static final String HIDDEN = "***";
  // A shorter one would blank out ordinary words.
  private static final int SHORTEST_SECRET = 6;
  private static final List<Pattern> SHAPES =
      List.of(
          Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          Pattern.compile("(?<=://)[^/\\s:@]*:[^/\\s@]+(?=@)"),
          Pattern.compile("(?i)(?<=bearer )[A-Za-z0-9._~+/=-]{8,}"),
          Pattern.compile("\\bwhsec_[A-Za-z0-9+/=]+"),
          // A run's token: when it ends, and its signature.
          Pattern.compile("\\b\\d{9,12}\\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"),
          Pattern.compile(
              "(?i)(?<=(?:password|passwd|secret|token|(?:api|access|secret|private|token)[-_]?key|signature)[\"']?\\s?[=:]\\s?[\"']?)[^\\s\"',;&]{3,}"));
  private static final Pattern BREAKS =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]+");

  private static final Redactor BY_SHAPE = new Redactor(List.of());

  private final List<String> secrets;

  /** One for who knows no secret by value. */
  public static Redactor byShape() {
    return BY_SHAPE;
  }

  public Redactor(Collection<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  public String clean(String text) {
    String cleaned = searchable(text);
    for (String secret : secrets) {
      cleaned = cleaned.replace(secret, HIDDEN);
    }
    for (Pattern shape : SHAPES) {
      cleaned = shape.matcher(cleaned).replaceAll(HIDDEN);
    }
    cleaned = BREAKS.matcher(cleaned).replaceAll(" ").strip();
    return cut(cleaned);
  }

  /**
   * Cut to a generous length, since patterns over a huge text would be an attack on us, and then
   * back to where no secret can be cut in two: what is left of one would be found by no search.
   */
  private String searchable(String text) {
    if (text.length() <= SEARCHED) {
      return text;
    }
    String start = text.substring(0, SEARCHED);
    for (String secret : secrets) {
      for (int i = Math.max(0, SEARCHED - secret.length()); i < start.length(); i++) {
        if (secret.startsWith(start.substring(i))) {
          start = start.substring(0, i);
        }
      }
    }
    int word = start.length();
    while (word > 0 && !Character.isWhitespace(start.charAt(word - 1))) {
      word--;
    }
    return word == 0 ? start : start.substring(0, word);
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
