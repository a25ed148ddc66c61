package dev.mystical.scanner.app.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How values are written. Each method throws IllegalArgumentException with the broken rule. */
final class Formats {
  static final String ARN_START = "arn:aws[a-z-]*:ecs:([a-z0-9-]+):[^:/]+:";
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
  private static final List<Pattern> QUEUE_REGIONS =
      List.of(
          Pattern.compile("(?:^|\\.)sqs(?:-fips)?\\.([a-z]{2,}(?:-[a-z]+)+-\\d+)\\."),
          Pattern.compile("^([a-z]{2,}(?:-[a-z]+)+-\\d+)\\.queue\\.amazonaws\\."));
  private static final Pattern CLUSTER_ARN = Pattern.compile(ARN_START + "cluster/.+");

  private Formats() {}

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a number and ms, s, m, h or d, such as 30s, 15m or 1h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** As it would be written in a setting. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }

  static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .distinct()
        .toList();
  }

  /** An absolute URL of one of the schemes, with a host and without a fragment. */
  static URI url(String text, Set<String> schemes) {
    try {
      URI url = new URI(text);
      if (url.getScheme() != null
          && schemes.contains(url.getScheme().toLowerCase(Locale.ROOT))
          && url.getHost() != null
          && url.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(urlRule(schemes), e);
    }
    throw new IllegalArgumentException(urlRule(schemes));
  }

  private static String urlRule(Set<String> schemes) {
    return "must be a URL that starts with "
        + schemes.stream().map(it -> it + "://").sorted().collect(Collectors.joining(" or "))
        + " and has a host";
  }

  /** A web address without user or query, which have no place in it. */
  static URI webUrl(String text) {
    URI url = url(text, Set.of("http", "https"));
    if (url.getRawUserInfo() != null || url.getRawQuery() != null) {
      throw new IllegalArgumentException("must have no user and no query");
    }
    return url;
  }

  static String queueUrl(String text) {
    URI url = webUrl(text);
    if (url.getPath() == null || url.getPath().length() < 2) {
      throw new IllegalArgumentException(
          "must be a queue's URL, such as https://sqs.us-east-1.amazonaws.com/123456789012/scans");
    }
    return text;
  }

  static Optional<String> regionOfQueue(String url) {
    String host = URI.create(url).getHost();
    return QUEUE_REGIONS.stream()
        .map(pattern -> pattern.matcher(host))
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  static Optional<String> regionOfCluster(String cluster) {
    Matcher matcher = CLUSTER_ARN.matcher(cluster);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The nearest of some names, if one is near enough to have been meant. */
  static Optional<String> nearest(String name, Set<String> known) {
    int limit = Math.max(2, name.length() / 4);
    String best = "";
    int least = limit + 1;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(diagonal + change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
