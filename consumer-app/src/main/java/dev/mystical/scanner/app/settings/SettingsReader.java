package dev.mystical.scanner.app.settings;

import dev.mystical.scanner.domain.launch.LaunchLimits;
import dev.mystical.scanner.domain.launch.Provider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Builds the settings, all or nothing. */
final class SettingsReader {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HALF_DAY = Duration.ofHours(12);
  private static final String FILE_STORE = "file:";

  private final Values values;

  SettingsReader(Layers layers) {
    values = new Values(layers);
  }

  Settings read() {
    AwsReader aws = new AwsReader(values);
    ApiReader api = new ApiReader(values);
    ProvidersReader providersReader = new ProvidersReader(values);
    Settings.Queues queues = aws.queues();
    Settings.Ecs ecs = aws.ecs();
    List<Provider> providers = providersReader.read();
    Settings.Node node = node();
    Settings.Http http = api.http();
    Settings settings =
        new Settings(
            aws.aws(queues, ecs),
            queues,
            ecs,
            providers,
            launch(),
            redis(),
            http,
            api.api(http, node.roles()),
            api.webhooks(),
            reports(),
            node,
            new Settings.Notes(List.of(), List.of()));
    unknown(providers);
    if (!values.problems().isEmpty()) {
      throw new SettingsProblems(values.problems());
    }
    return withNotes(settings, providersReader.effective());
  }

  private Settings withNotes(Settings settings, List<EffectiveSetting> ofProviders) {
    List<EffectiveSetting> effective = new ArrayList<>(values.effective().values());
    effective.addAll(ofProviders);
    return new Settings(
        settings.aws(),
        settings.queue(),
        settings.ecs(),
        settings.providers(),
        settings.launch(),
        settings.redis(),
        settings.http(),
        settings.api(),
        settings.webhooks(),
        settings.reports(),
        settings.node(),
        new Settings.Notes(values.warnings(), effective));
  }

  private Settings.Launch launch() {
    LaunchLimits limits =
        new LaunchLimits(
            values.duration(Key.QUEUE_TIMEOUT, SECOND, Duration.ofDays(4)),
            values.duration(Key.START_TIMEOUT, SECOND, HALF_DAY),
            values.duration(Key.SCAN_TIMEOUT, SECOND, HALF_DAY),
            values.duration(Key.CONFIG_GRACE, Duration.ZERO, HALF_DAY));
    return new Settings.Launch(
        values.number(Key.LAUNCH_RATE, 1, 1000),
        values.number(Key.LAUNCH_BURST, 1, 1000),
        values.number(Key.MAX_ATTEMPTS, 1, 10),
        values.number(Key.SPOT_ATTEMPTS, 0, 20),
        limits);
  }

  private Settings.Redis redis() {
    String url =
        values.required(
            Key.REDIS_URL,
            text -> {
              RedisUrl.check(text);
              return text;
            });
    String prefix =
        values
            .read(
                Key.REDIS_PREFIX,
                text -> {
                  if (!PREFIX.matcher(text).matches()) {
                    throw new IllegalArgumentException(
                        "must be 1 to 64 of letters, digits, and . _ : - after the first");
                  }
                  return text;
                })
            .orElse("");
    return new Settings.Redis(new Secret(url), prefix);
  }

  private Settings.Reports reports() {
    Optional<Path> folder =
        values
            .read(Key.REPORT_STORE, SettingsReader::reportStore)
            .filter(it -> !it.toString().isEmpty());
    return new Settings.Reports(
        folder,
        values.duration(Key.REPORT_RETENTION, Duration.ofMinutes(1), Duration.ofDays(3650)));
  }

  /** The folder, or the empty path for Redis. */
  private static Path reportStore(String text) {
    if (text.equals("redis")) {
      return Path.of("");
    }
    if (text.startsWith(FILE_STORE) && text.length() > FILE_STORE.length()) {
      return folder(text.substring(FILE_STORE.length()));
    }
    throw new IllegalArgumentException("must be redis, or file: and a folder");
  }

  private static Path folder(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must be the path of a folder", e);
    }
  }

  private Settings.Node node() {
    Path spool =
        values
            .read(Key.SPOOL_DIR, SettingsReader::folder)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    Optional<String> format = values.choice(Key.LOG_FORMAT, List.of("text", "json"));
    return new Settings.Node(
        values.read(Key.ROLES, SettingsReader::roles).orElse(Set.of()),
        spool,
        format.equals(Optional.of("json")) ? Settings.LogFormat.JSON : Settings.LogFormat.TEXT);
  }

  private static Set<Settings.Role> roles(String text) {
    Set<Settings.Role> roles = EnumSet.noneOf(Settings.Role.class);
    for (String item : Formats.list(text)) {
      roles.add(
          Arrays.stream(Settings.Role.values())
              .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(item))
              .findFirst()
              .orElseThrow(SettingsReader::badRoles));
    }
    if (roles.isEmpty()) {
      throw badRoles();
    }
    return roles;
  }

  private static IllegalArgumentException badRoles() {
    return new IllegalArgumentException("must be a list of api, consumer and supervisor");
  }

  /**
   * What is in a place of ours and means nothing: on the command line, and under our root in the
   * configuration file. The environment and {@code .env} are shared with other programs.
   */
  private void unknown(List<Provider> providers) {
    Set<String> names = Arrays.stream(Key.values()).map(Key::name).collect(Collectors.toSet());
    Set<String> meant = new TreeSet<>(names);
    ProvidersReader.namesOf(providers).forEach(meant::add);
    for (String name : values.layers().flagNames()) {
      if (!names.contains(name)
          && !name.startsWith(ProvidersReader.TASK_DEFINITION)
          && !name.startsWith(ProvidersReader.CONTAINER)) {
        values.unknown(name, meant);
      }
    }
    Set<String> paths = Arrays.stream(Key.values()).map(Key::path).collect(Collectors.toSet());
    for (String path : values.layers().filePaths()) {
      if (!paths.contains(path) && !ProvidersReader.isProviderPath(path)) {
        Set<String> full = paths.stream().map(it -> "scanner." + it).collect(Collectors.toSet());
        values.unknown("scanner." + path, full);
      }
    }
  }
}
