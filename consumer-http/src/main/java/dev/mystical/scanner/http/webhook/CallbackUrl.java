package dev.mystical.scanner.http.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that webhooks may go to as far as its text alone tells. Strict where parsers differ, since
 * what is checked must be what is connected to.
 *
 * @param host in lower case, without a full stop at its end; an IPv6 address without brackets
 * @param address where the host is an address rather than a name
 * @param target path and query, as the request line has them
 */
record CallbackUrl(
    Scheme scheme, String host, Optional<InetAddress> address, int port, String target) {
  /** How a receiver is spoken to. */
  enum Scheme {
    HTTPS(443),
    HTTP(80);

    private final int port;

    Scheme(int port) {
      this.port = port;
    }
  }

  /** What a text is. */
  sealed interface Parsed {
    /** Such a URL. */
    record Good(CallbackUrl url) implements Parsed {}

    /** None. */
    record Bad(String why) implements Parsed {}
  }

  private static final int LONGEST = 2048;
  private static final int LONGEST_NAME = 253;
  private static final int FIRST_FREE_PORT = 1024;
  private static final int LAST_PORT = 65_535;
  private static final String NO_HOST = "has no host, or one that no host may be called";
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::(?<port>\\d{0,6}))?");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]*");
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile("(?:" + LABEL + "\\.)*" + LABEL);

  static Parsed parse(String text) {
    if (text.length() > LONGEST) {
      return new Parsed.Bad("is longer than %d characters".formatted(LONGEST));
    }
    if (!VISIBLE.matcher(text).matches()) {
      return new Parsed.Bad("has a character that a URL must escape");
    }
    try {
      return of(new URI(text));
    } catch (URISyntaxException e) {
      return new Parsed.Bad("is not written as a URL is");
    }
  }

  private static Parsed of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toUpperCase(Locale.ROOT);
    if (!scheme.equals(Scheme.HTTPS.name()) && !scheme.equals(Scheme.HTTP.name())) {
      return new Parsed.Bad("does not begin with https://");
    }
    // The JDK's own host is none where the last part of a name begins with a digit.
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    if (authority.contains("@")) {
      return new Parsed.Bad("has a user or password before its host");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return new Parsed.Bad(NO_HOST);
    }
    Scheme known = Scheme.valueOf(scheme);
    String digits = parts.group("port");
    int port = digits == null || digits.isEmpty() ? known.port : Integer.parseInt(digits);
    return usual(port)
        ? at(known, host(parts.group("host")), port, target(uri))
        : new Parsed.Bad("has a port that is neither 443, 80 nor from 1024 to 65535");
  }

  /** Below 1024 live mail, SSH and their like, and no receiver. */
  private static boolean usual(int port) {
    return port == Scheme.HTTPS.port
        || port == Scheme.HTTP.port
        || (port >= FIRST_FREE_PORT && port <= LAST_PORT);
  }

  private static Parsed at(Scheme scheme, String host, int port, String target) {
    Optional<InetAddress> address = Literals.parse(host);
    if (address.isEmpty() && Literals.looksLikeNumber(host)) {
      return new Parsed.Bad("has a number for a host that is not written as four octets are");
    }
    if (address.isEmpty() && (host.length() > LONGEST_NAME || !NAME.matcher(host).matches())) {
      return new Parsed.Bad(NO_HOST);
    }
    return new Parsed.Good(new CallbackUrl(scheme, host, address, port, target));
  }

  /** A name with a full stop at its end is the same host, but would match no rule and no TLS. */
  private static String host(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      return host.substring(1, host.length() - 1);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static String target(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** The host as the Host header has it. */
  String authority() {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return port == scheme.port ? bracketed : bracketed + ":" + port;
  }

  /** Whether the name means this machine, wherever it is asked about. */
  boolean local() {
    return host.equals("localhost") || host.endsWith(".localhost");
  }

  /** The host alone, since a path or query may hold a secret. */
  @Override
  public String toString() {
    return host;
  }
}
