package dev.mystical.scanner.domain.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.RunId;
import dev.mystical.scanner.domain.scan.Scan;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The W3C trace context of a run: the request's trace where it has one, else one of its own. */
public final class Traceparent {
  private static final Pattern VALID =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})");

  private Traceparent() {}

  public static boolean valid(String text) {
    return VALID.matcher(text).matches();
  }

  static String of(Scan scan, RunId run, int attempt) {
    String span = hex(run + "\n" + attempt, 8);
    Matcher given = VALID.matcher(scan.traceparent().orElse(""));
    return given.matches()
        ? "00-%s-%s-%s".formatted(given.group(1), span, given.group(2))
        : "00-%s-%s-01".formatted(hex(scan.key().toString(), 16), span);
  }

  private static String hex(String text, int bytes) {
    return HexFormat.of().formatHex(Digest.of(text).value().getBytes(UTF_8), 0, bytes);
  }
}
