package dev.mystical.scanner.http.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads addresses written as text, in their one usual form. Never asks a name server. The JDK's own
 * parser also takes {@code 127.1}, {@code 2130706433} and {@code 0177.0.0.1}, the last as another
 * address than C's does; here none of them is an address.
 */
final class Literals {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile("(?:" + OCTET + "\\.){3}" + OCTET);
  private static final Pattern V6 =
      Pattern.compile("[0-9A-Fa-f:]*:(?:[0-9A-Fa-f]{0,4}|" + V4.pattern() + ")");
  // A parser that takes numbers for addresses goes by the last part of the host.
  private static final Pattern NUMBER_LAST =
      Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9A-Fa-f]*)\\.?");

  private Literals() {}

  /** The address, if the text is one; one of IPv6 with or without brackets, but without a zone. */
  static Optional<InetAddress> parse(String text) {
    if (V4.matcher(text).matches()) {
      return known(text);
    }
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    // In brackets the JDK takes it for an address or for nothing, and never for a name.
    return V6.matcher(bare).matches() ? known("[" + bare + "]") : Optional.empty();
  }

  /** Whether somebody might take the host for a number, whatever we take it for. */
  static boolean looksLikeNumber(String host) {
    return NUMBER_LAST.matcher(host).matches();
  }

  private static Optional<InetAddress> known(String literal) {
    try {
      return Optional.of(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
