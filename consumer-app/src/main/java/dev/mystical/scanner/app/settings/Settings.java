package dev.mystical.scanner.app.settings;

import dev.mystical.scanner.aws.AwsAccess;
import dev.mystical.scanner.aws.AwsConnection;
import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.Site;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All settings, checked. {@code reference.conf} says what each of them means.
 *
 * @param providers the scanners that can be asked for, by id in alphabetical order
 * @param notes what people should know about how these settings came to be
 */
public record Settings(
    Aws aws,
    Queues queue,
    Ecs ecs,
    List<Provider> providers,
    Launch launch,
    Redis redis,
    Http http,
    Api api,
    Webhooks webhooks,
    Reports reports,
    Node node,
    Notes notes) {
  public Settings {
    providers = List.copyOf(providers);
  }

  /** Reads all settings; throws {@link SettingsProblems} with everything that is wrong. */
  public static Settings from(SettingsSources sources) {
    return new SettingsReader(new Layers(sources)).read();
  }

  /** How to reach AWS; no credentials means the SDK's own chain, no endpoint means AWS. */
  public record Aws(
      Optional<Credentials> credentials,
      String region,
      Optional<URI> sqsEndpoint,
      Optional<URI> ecsEndpoint) {
    /** The same for the clients, with at most so many connections. */
    public AwsConnection connection(int most) {
      AwsAccess access =
          credentials
              .<AwsAccess>map(keys ->
                  new AwsAccess.Keys(
                      keys.accessKey().value(),
                      keys.secretKey().value(),
                      keys.sessionToken().map(Secret::value)))
              .orElseGet(AwsAccess.DefaultChain::new);
      return new AwsConnection(
          region,
          new AwsConnection.Endpoints(Optional.empty(), sqsEndpoint, ecsEndpoint),
          access,
          most);
    }
  }

  /** A key pair, with a token where it is a temporary one. */
  public record Credentials(Secret accessKey, Secret secretKey, Optional<Secret> sessionToken) {}

  /** The queues' URLs, and how many messages of the first are handled at once. */
  public record Queues(
      String url,
      Optional<String> deadLetterUrl,
      Optional<String> taskEventsUrl,
      int maxInFlight) {}

  /** Where tasks run; the placements are in the order in which they are tried, never empty. */
  public record Ecs(String cluster, List<Placement> placements, Network network) {
    public Ecs {
      placements = List.copyOf(placements);
    }
  }

  /** How tasks are started: calls a second, and how often and how long for one run. */
  public record Launch(
      int rate, int burst, int maxAttempts, int spotAttempts, LaunchLimits limits) {}

  /** The URL may hold a password. */
  public record Redis(Secret url, String prefix) {
    /** The URL without its password. */
    public String address() {
      return Key.REDIS_URL.shown(url.value());
    }
  }

  /** The listener. */
  public record Http(String host, int port, Optional<URI> publicUrl) {}

  /** Who may use the API; no keys means whoever reaches it. */
  public record Api(List<ApiKey> keys, Optional<Secret> tokenKey) {
    public Api {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A key's owner, and the key's SHA-256 in lower-case hex.
   *
   * @param tenant {@code *} for an operator, who sees all tenants
   */
  public record ApiKey(String tenant, String digest) {
    public static final String OPERATOR = "*";

    @Override
    public String toString() {
      return "key of " + tenant;
    }
  }

  /** Secrets that sign webhooks, the newest first, and what these may reach. */
  public record Webhooks(List<Secret> secrets, List<String> allow) {
    public Webhooks {
      secrets = List.copyOf(secrets);
      allow = List.copyOf(allow);
    }
  }

  /** Where reports are kept, in a folder or else in Redis, and how long. */
  public record Reports(Optional<Path> folder, Duration retention) {}

  /** What this process does, and its surroundings. */
  public record Node(Set<Role> roles, Path spoolFolder, LogFormat logFormat) {
    public Node {
      roles = Set.copyOf(roles);
    }
  }

  /** A part of the server that a process can take. */
  public enum Role {
    API,
    CONSUMER,
    SUPERVISOR
  }

  /** How log lines are written. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  /**
   * What people should know.
   *
   * @param effective every setting with its value, secrets masked, and its source
   */
  public record Notes(List<String> warnings, List<EffectiveSetting> effective) {
    public Notes {
      warnings = List.copyOf(warnings);
      effective = List.copyOf(effective);
    }
  }

  /** Where tasks run, and where their containers report to. */
  public Site site() {
    return new Site(
        ecs.cluster(), ecs.placements(), ecs.network(), http.publicUrl().map(URI::toString));
  }

  public List<String> warnings() {
    return notes.warnings();
  }

  /** The settings that have a value, as lines for the log: name, value, source; no secret. */
  public List<String> describe() {
    return notes.effective().stream()
        .filter(setting -> !setting.value().isEmpty())
        .map(EffectiveSetting::toString)
        .toList();
  }

  /** Every secret text in here, to be kept out of logs and errors by value. */
  public List<String> secrets() {
    return SettingsSecrets.of(this);
  }
}
