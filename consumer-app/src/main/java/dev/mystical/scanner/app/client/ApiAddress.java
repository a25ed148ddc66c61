package dev.mystical.scanner.app.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Where the API is.
 *
 * @param base ends with no slash; may have a path, where the API stands behind a proxy
 */
public record ApiAddress(URI base) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Reads a URL; throws {@link IllegalArgumentException}, whose message is for people and holds
   * nothing of the text, since a password may stand in it.
   */
  public static ApiAddress parse(String text) {
    URI uri = uri(text.strip().replaceAll("/+$", ""));
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("the API's URL must start with http:// or https://");
    }
    if (uri.getRawUserInfo() != null || String.valueOf(uri.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException(
          "the API's URL must not have a user or password in it; the key goes with --key or"
              + " SCANNER_API_KEY");
    }
    if (uri.getHost() == null || uri.getPort() > 65_535) {
      throw new IllegalArgumentException(
          "the API's URL must name a host, such as https://scanner.example.com");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("the API's URL must end before any ? or #");
    }
    return new ApiAddress(uri);
  }

  // Neither its message nor it itself as the cause: both quote the text.
  @SuppressWarnings("UnusedException")
  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "the API's URL cannot be read; it looks like https://scanner.example.com");
    }
  }

  /** The address of something that the API has under that path. */
  public URI at(String path) {
    return URI.create(base + path);
  }

  /** Whether what is sent there can be read on the way. */
  public boolean open() {
    return "http".equalsIgnoreCase(base.getScheme()) && !LOOPBACK.contains(base.getHost());
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
