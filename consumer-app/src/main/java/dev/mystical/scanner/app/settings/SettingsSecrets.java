package dev.mystical.scanner.app.settings;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the secret texts in settings. */
final class SettingsSecrets {
  private SettingsSecrets() {}

  static List<String> of(Settings settings) {
    Stream<String> aws =
        settings.aws().credentials().stream()
            .flatMap(it ->
                Stream.concat(
                    Stream.of(it.accessKey(), it.secretKey()), it.sessionToken().stream()))
            .map(Secret::value);
    Stream<String> own =
        Stream.concat(settings.api().tokenKey().stream(), settings.webhooks().secrets().stream())
            .map(Secret::value);
    return Stream.of(aws, own, redisPassword(settings.redis().url().value()))
        .flatMap(it -> it)
        .distinct()
        .toList();
  }

  /** As it is written, and as it is meant. */
  private static Stream<String> redisPassword(String url) {
    Optional<String> user = Optional.ofNullable(URI.create(url).getRawUserInfo());
    return user.stream()
        .map(it -> it.substring(it.indexOf(':') + 1))
        .filter(it -> !it.isEmpty())
        .flatMap(it -> Stream.of(it, URLDecoder.decode(it, StandardCharsets.UTF_8)));
  }
}
