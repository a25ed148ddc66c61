package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.scan.Tenant;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows callers by their keys, of which it has nothing but hashes. Immutable, for any thread.
 *
 * <p>A key is compared with all of them, whatever the first ones say, so that the time that it
 * takes tells nothing.
 */
public final class ApiKeys {
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([\\x21-\\x7e]{1,512})");
  private static final Caller ANYONE = new Caller(Optional.of(Tenant.DEFAULT), "anyone");

  /** A caller, and the hash of its key. */
  private record Known(Caller caller, String digest) {}

  private final List<Known> known;
  private final boolean open;

  private ApiKeys(List<Known> known, boolean open) {
    this.known = known;
    this.open = open;
  }

  /**
   * One key.
   *
   * @param tenant empty for an operator's
   * @param digest its SHA-256 in hexadecimal digits
   */
  public record Key(Optional<Tenant> tenant, String digest) {}

  /** With these keys; with none of them whoever calls is the default tenant. */
  public static ApiKeys of(List<Key> keys) {
    return new ApiKeys(
        keys.stream()
            .map(key ->
                new Known(
                    new Caller(key.tenant(), key.digest()), key.digest().toLowerCase(Locale.ROOT)))
            .toList(),
        keys.isEmpty());
  }

  /** Whose key a header {@code Authorization} has; empty if nobody's. */
  Optional<Caller> caller(Optional<String> authorization) {
    if (open) {
      return Optional.of(ANYONE);
    }
    Matcher bearer = BEARER.matcher(authorization.orElse(""));
    if (!bearer.matches()) {
      return Optional.empty();
    }
    byte[] digest = sha256(bearer.group(1)).getBytes(UTF_8);
    Optional<Caller> caller = Optional.empty();
    for (Known each : known) {
      if (MessageDigest.isEqual(each.digest().getBytes(UTF_8), digest)) {
        caller = Optional.of(each.caller());
      }
    }
    return caller;
  }

  private static String sha256(String key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
