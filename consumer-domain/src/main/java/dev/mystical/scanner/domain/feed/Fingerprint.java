package dev.mystical.scanner.domain.feed;

import dev.mystical.scanner.domain.scan.Digest;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The same for repeats of the same trouble: a hash of its code, stage and provider, and of its
 * message without what changes from time to time (numbers, ids, ARNs, hexadecimal words).
 */
public final class Fingerprint {
  private static final Pattern ARN = Pattern.compile("\\barn:\\S+");
  // Only from where a word begins, so that a long text costs one look at each character.
  private static final Pattern WORD_WITH_DIGIT =
      Pattern.compile("(?<![\\p{Alpha}_-])[\\p{Alpha}_-]*+\\d[\\w.:-]*+");
  private static final Pattern HEX = Pattern.compile("\\b[a-f]{8,}\\b");

  private Fingerprint() {}

  public static String of(ErrorEvent event) {
    String provider = event.subject().provider().map(Object::toString).orElse("");
    String kind = event.code() + "\n" + event.stage() + "\n" + provider + "\n";
    return Digest.of(kind + normalised(event.message())).shortened();
  }

  private static String normalised(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    text = ARN.matcher(text).replaceAll("#");
    text = WORD_WITH_DIGIT.matcher(text).replaceAll("#");
    return HEX.matcher(text).replaceAll("#");
  }
}
