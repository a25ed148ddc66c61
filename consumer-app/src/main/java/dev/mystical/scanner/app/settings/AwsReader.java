package dev.mystical.scanner.app.settings;

import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what concerns AWS: credentials, region, endpoints, queues and the cluster. */
final class AwsReader {
  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)+");
  private static final Pattern CLUSTER =
      Pattern.compile("(?:" + Formats.ARN_START + "cluster/)?[A-Za-z0-9_-]{1,255}");
  private static final Pattern CAPACITY_PROVIDER = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final Pattern SUBNET = Pattern.compile("subnet-[0-9A-Za-z]{1,32}");
  private static final Pattern SECURITY_GROUP = Pattern.compile("sg-[0-9A-Za-z]{1,32}");

  private final Values values;

  AwsReader(Values values) {
    this.values = values;
  }

  Settings.Aws aws(Settings.Queues queues, Settings.Ecs ecs) {
    Optional<URI> everything = values.read(Key.AWS_ENDPOINT_URL, Formats::webUrl);
    return new Settings.Aws(
        credentials(),
        region(queues.url(), ecs.cluster()),
        values.read(Key.AWS_ENDPOINT_URL_SQS, Formats::webUrl).or(() -> everything),
        values.read(Key.AWS_ENDPOINT_URL_ECS, Formats::webUrl).or(() -> everything));
  }

  Settings.Queues queues() {
    return new Settings.Queues(
        values.required(Key.CONSUMER_QUEUE_URL, Formats::queueUrl),
        otherQueue(Key.DEAD_LETTER_QUEUE_URL),
        otherQueue(Key.TASK_EVENTS_QUEUE_URL),
        values.number(Key.MAX_IN_FLIGHT, 1, 10_000));
  }

  Settings.Ecs ecs() {
    return new Settings.Ecs(cluster(), placements(), network());
  }

  /** A queue that took over its own dead letters would never come to an end. */
  private Optional<String> otherQueue(Key key) {
    Optional<String> url = values.read(key, Formats::queueUrl);
    if (url.isPresent() && url.equals(values.text(Key.CONSUMER_QUEUE_URL))) {
      values.problem(key, "must be another queue than " + Key.CONSUMER_QUEUE_URL);
    }
    return url;
  }

  private String cluster() {
    return values.required(
        Key.CLUSTER_NAME,
        text -> matching(CLUSTER, text, "must be the name or the ARN of an ECS cluster"));
  }

  private List<Placement> placements() {
    Optional<String> type = values.choice(Key.LAUNCH_TYPE, List.of("FARGATE", "EC2", "EXTERNAL"));
    List<String> providers =
        values.list(
            Key.CAPACITY_PROVIDERS,
            CAPACITY_PROVIDER,
            20,
            "must be a list of at most 20 names of capacity providers");
    if (values.isSet(Key.LAUNCH_TYPE) && values.isSet(Key.CAPACITY_PROVIDERS)) {
      values.problem(
          Key.LAUNCH_TYPE,
          "must not be set together with %s; keep one of them".formatted(Key.CAPACITY_PROVIDERS));
    }
    if (type.isPresent()) {
      return List.of(new Placement.LaunchType(type.get()));
    }
    if (providers.isEmpty()) {
      return List.of(new Placement.ClusterDefault());
    }
    return providers.stream().<Placement>map(Placement.CapacityProvider::new).toList();
  }

  private Network network() {
    List<String> subnets =
        values.list(
            Key.SUBNETS, SUBNET, 16, "must be a list of at most 16 ids such as subnet-0a1b2c3d");
    List<String> groups =
        values.list(
            Key.SECURITY_GROUPS,
            SECURITY_GROUP,
            5,
            "must be a list of at most 5 ids such as sg-0a1b2c3d");
    boolean publicIp =
        values
            .choice(Key.ASSIGN_PUBLIC_IP, List.of("ENABLED", "DISABLED"))
            .equals(Optional.of("ENABLED"));
    if (subnets.isEmpty() && !values.isSet(Key.SUBNETS) && (!groups.isEmpty() || publicIp)) {
      values.warning("SECURITY_GROUPS and ASSIGN_PUBLIC_IP have no effect without SUBNETS");
    }
    return new Network(subnets, groups, publicIp);
  }

  private String region(String queueUrl, String cluster) {
    Optional<String> set =
        values.read(
            Key.AWS_REGION,
            text -> matching(REGION, text, "must be the name of an AWS region, such as us-east-1"));
    Optional<String> region =
        set.or(() -> queueUrl.isEmpty() ? Optional.empty() : Formats.regionOfQueue(queueUrl))
            .or(() -> Formats.regionOfCluster(cluster));
    // A bad queue URL is told of already, and may name the region once it is good.
    if (region.isEmpty() && !queueUrl.isEmpty() && !values.isSet(Key.AWS_REGION)) {
      values.problem(
          Key.AWS_REGION,
          "must be set, since neither the queue's URL nor the cluster's ARN names a region");
    }
    return region.orElse("");
  }

  private Optional<Settings.Credentials> credentials() {
    boolean own = pair(Key.AWS_ACCESS_KEY, Key.AWS_SECRET_KEY);
    boolean standard = pair(Key.AWS_ACCESS_KEY_ID, Key.AWS_SECRET_ACCESS_KEY);
    Optional<Secret> ownKey = values.secret(Key.AWS_ACCESS_KEY);
    Optional<Secret> ownSecret = values.secret(Key.AWS_SECRET_KEY);
    Optional<Secret> standardKey = values.secret(Key.AWS_ACCESS_KEY_ID);
    Optional<Secret> standardSecret = values.secret(Key.AWS_SECRET_ACCESS_KEY);
    Optional<Secret> token = values.secret(Key.AWS_SESSION_TOKEN);
    if (own) {
      if (ownKey.orElseThrow().value().startsWith("ASIA")) {
        values.warning(
            "AWS_ACCESS_KEY looks like a temporary key; these work with AWS_ACCESS_KEY_ID,"
                + " AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN alone");
      }
      return Optional.of(
          new Settings.Credentials(
              ownKey.orElseThrow(), ownSecret.orElseThrow(), Optional.empty()));
    }
    return standard
        ? Optional.of(
            new Settings.Credentials(
                standardKey.orElseThrow(), standardSecret.orElseThrow(), tokenOfPair(token)))
        : Optional.empty();
  }

  /** Whether both are set; one alone is a problem of the other. */
  private boolean pair(Key one, Key other) {
    Stream.of(List.of(one, other), List.of(other, one))
        .filter(it -> values.isSet(it.getFirst()) && !values.isSet(it.getLast()))
        .forEach(it ->
            values.problem(
                it.getLast(), "must be set as well, since %s is".formatted(it.getFirst())));
    return values.isSet(one) && values.isSet(other);
  }

  /** A token that some other place sets belongs to some other key, and makes this one invalid. */
  private Optional<Secret> tokenOfPair(Optional<Secret> token) {
    if (token.isPresent()
        && !values.source(Key.AWS_SESSION_TOKEN).equals(values.source(Key.AWS_ACCESS_KEY_ID))) {
      values.warning(
          "AWS_SESSION_TOKEN is left out, since it does not come from where AWS_ACCESS_KEY_ID does");
      return Optional.empty();
    }
    return token;
  }

  private static String matching(Pattern pattern, String text, String rule) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(rule);
    }
    return text;
  }
}
