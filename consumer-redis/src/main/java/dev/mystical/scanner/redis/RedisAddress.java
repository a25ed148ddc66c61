package dev.mystical.scanner.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Where a Redis is and how to log in: {@code redis://[user][:password]@host[:port][/database]}, or
 * {@code rediss} for TLS. Never printed with its password.
 */
public record RedisAddress(
    boolean tls,
    String host,
    int port,
    Optional<String> user,
    Optional<String> password,
    int database) {
  private static final int USUAL_PORT = 6379;

  /** Reads the text of a URL; an error says what is wrong, without repeating a secret. */
  public static RedisAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      // The exception's own message repeats the whole text, password and all.
      throw new IllegalArgumentException("not a URL: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    boolean tls =
        switch (scheme) {
          case "redis" -> false;
          case "rediss" -> true;
          default -> throw new IllegalArgumentException("must begin with redis:// or rediss://");
        };
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("names no host");
    }
    String[] login = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    return new RedisAddress(
        tls,
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        part(login, 0),
        part(login, 1),
        database(uri.getPath()));
  }

  /** What must not be seen anywhere. */
  public List<String> secrets() {
    return password.stream().toList();
  }

  private static Optional<String> part(String[] login, int index) {
    if (login.length <= index || login[index].isEmpty()) {
      return Optional.empty();
    }
    // URLDecoder is for forms, where + means a blank; in a URL's login it means itself.
    return Optional.of(URLDecoder.decode(login[index].replace("+", "%2B"), UTF_8));
  }

  private static int database(String path) {
    if (path.isEmpty() || path.equals("/")) {
      return 0;
    }
    if (!path.matches("/[0-9]{1,5}")) {
      throw new IllegalArgumentException("the path must be the number of a database");
    }
    return Integer.parseInt(path.substring(1));
  }

  /** With the user's name, and without the password. */
  @Override
  public String toString() {
    String login = user.orElse("") + (password.isPresent() ? ":***" : "");
    return "%s://%s%s:%d/%d"
        .formatted(
            tls ? "rediss" : "redis", login.isEmpty() ? "" : login + "@", host, port, database);
  }
}
