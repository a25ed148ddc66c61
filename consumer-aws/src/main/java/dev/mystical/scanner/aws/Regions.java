package dev.mystical.scanner.aws;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the region in names that hold one. */
public final class Regions {
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}");
  // Elsewhere a label such as my-queue-1 only looks like a region. The second is LocalStack's.
  private static final Pattern AWS_HOST =
      Pattern.compile(
          ".*\\.(amazonaws\\.(com|com\\.cn|eu)|api\\.aws|api\\.amazonwebservices\\.com\\.cn"
              + "|localhost\\.localstack\\.cloud)");
  private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:([^:]+):.*");

  private Regions() {}

  /** The region of a queue's URL; none where another server than AWS keeps the queue. */
  public static Optional<String> ofQueueUrl(String url) {
    String host = host(url);
    // The first region's old name says no region.
    if (host.equals("queue.amazonaws.com")) {
      return Optional.of("us-east-1");
    }
    if (!AWS_HOST.matcher(host).matches()) {
      return Optional.empty();
    }
    return Arrays.stream(host.split("\\.", -1))
        .filter(label -> REGION.matcher(label).matches())
        .findFirst();
  }

  /** The region of an ARN; none for a plain name. */
  public static Optional<String> ofArn(String arn) {
    Matcher matcher = ARN.matcher(arn);
    return matcher.matches() && REGION.matcher(matcher.group(1)).matches()
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  private static String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
