package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.feed.Redactor;
import java.util.regex.Pattern;

/** Foreign text as one short line without what AWS repeats of secrets. */
final class Line {
  private static final int LONGEST = 500;
  // SignatureDoesNotMatch recites the canonical request, with the session token in its headers.
  private static final Pattern RECITAL =
      Pattern.compile("(?is)\\s*The Canonical String for this request should have been.*");
  private static final Pattern TOKEN = Pattern.compile("(?i)(x-amz-security-token\\W{0,3})\\S+");

  private Line() {}

  static String of(String text) {
    String cut = text.length() > 16 * LONGEST ? text.substring(0, 16 * LONGEST) : text;
    String safe = TOKEN.matcher(RECITAL.matcher(cut).replaceFirst("")).replaceAll("$1***");
    String line = Redactor.byShape().clean(safe);
    return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
  }
}
