package dev.mystical.scanner.app.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.http.webhook.CallbackRules;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads what concerns the listener, its keys and webhooks. */
final class ApiReader {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,255}");
  private static final Pattern LOOPBACK =
      Pattern.compile("127(?:\\.\\d{1,3}){3}|localhost|::1|0:0:0:0:0:0:0:1");
  private static final Pattern API_KEY =
      Pattern.compile("(\\*|[a-z0-9][a-z0-9-]{0,31}):([0-9a-fA-F]{64})");
  private static final int MOST_ALLOWED = 100;
  private static final String WEBHOOK_START = "whsec_";
  private static final String WEBHOOK_RULE =
      "must be whsec_ and the base64 of 24 to 64 bytes, or two such, comma separated";

  private final Values values;

  ApiReader(Values values) {
    this.values = values;
  }

  Settings.Http http() {
    String host =
        values
            .read(
                Key.HTTP_HOST,
                text -> {
                  if (!HOST.matcher(text).matches()) {
                    throw new IllegalArgumentException("must be a host name or an address");
                  }
                  return text;
                })
            .orElse("");
    return new Settings.Http(
        host,
        values.number(Key.HTTP_PORT, 0, 65_535),
        values.read(Key.PUBLIC_URL, Formats::webUrl));
  }

  Settings.Api api(Settings.Http http, Set<Settings.Role> roles) {
    List<Settings.ApiKey> keys = values.read(Key.API_KEYS, ApiReader::keys).orElse(List.of());
    Optional<Secret> tokenKey = values.read(Key.TOKEN_KEY, ApiReader::tokenKey);
    if (!values.isSet(Key.TOKEN_KEY) && (http.publicUrl().isPresent() || !keys.isEmpty())) {
      Key needing = http.publicUrl().isPresent() ? Key.PUBLIC_URL : Key.API_KEYS;
      values.problem(Key.TOKEN_KEY, "must be set where %s is".formatted(needing));
    }
    if (!values.isSet(Key.API_KEYS)
        && roles.contains(Settings.Role.API)
        && !http.host().isEmpty()
        && !LOOPBACK.matcher(http.host().toLowerCase(Locale.ROOT)).matches()) {
      values.problem(
          Key.HTTP_HOST,
          "must be loopback, such as 127.0.0.1, unless API_KEYS is set or ROLES leaves out api");
    }
    return new Settings.Api(keys, tokenKey);
  }

  Settings.Webhooks webhooks() {
    return new Settings.Webhooks(
        values.read(Key.WEBHOOK_SECRET, ApiReader::webhookSecrets).orElse(List.of()),
        values.read(Key.CALLBACK_ALLOW, ApiReader::allowed).orElse(List.of()));
  }

  private static List<Settings.ApiKey> keys(String text) {
    List<Settings.ApiKey> keys = new ArrayList<>();
    for (String item : Formats.list(text)) {
      Matcher matcher = API_KEY.matcher(item);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "must be a list of tenant:sha256-hex-of-key, the tenant being * or of a-z, 0-9 and -");
      }
      keys.add(new Settings.ApiKey(matcher.group(1), matcher.group(2).toLowerCase(Locale.ROOT)));
    }
    return keys;
  }

  private static Secret tokenKey(String text) {
    if (text.getBytes(UTF_8).length < TokenKey.SHORTEST) {
      throw new IllegalArgumentException(
          "must have at least %d bytes".formatted(TokenKey.SHORTEST));
    }
    return new Secret(text);
  }

  private static List<Secret> webhookSecrets(String text) {
    List<String> items = Formats.list(text);
    if (items.size() > 2) {
      throw new IllegalArgumentException(WEBHOOK_RULE);
    }
    for (String item : items) {
      if (!item.startsWith(WEBHOOK_START) || !isKey(item.substring(WEBHOOK_START.length()))) {
        throw new IllegalArgumentException(WEBHOOK_RULE);
      }
    }
    return items.stream().map(Secret::new).toList();
  }

  /** Hosts and blocks as those understand them who have to keep to them. */
  private static List<String> allowed(String text) {
    List<String> items = Formats.list(text);
    List<String> bad =
        IntStream.range(0, items.size())
            .filter(i -> !isAllowable(items.get(i)))
            .mapToObj(i -> "no. " + (i + 1))
            .toList();
    if (!bad.isEmpty() || items.size() > MOST_ALLOWED) {
      String rule = "must be a list of at most %d hosts or CIDR blocks".formatted(MOST_ALLOWED);
      // By their places: whatever stands there may be a URL with a password.
      throw new IllegalArgumentException(
          bad.isEmpty() ? rule : "%s, but %s is none".formatted(rule, String.join(", ", bad)));
    }
    return items;
  }

  private static boolean isAllowable(String item) {
    try {
      CallbackRules.of(List.of(item));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isKey(String base64) {
    try {
      int bytes = Base64.getDecoder().decode(base64).length;
      return bytes >= 24 && bytes <= 64;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
