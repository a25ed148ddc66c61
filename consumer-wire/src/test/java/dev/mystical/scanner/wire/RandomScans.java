package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.report.Coverage;
import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.report.FindingCounts;
import dev.mystical.scanner.domain.report.ReportSummary;
import dev.mystical.scanner.domain.report.StoredReport;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Course;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Handover;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.Requeue;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.Stop;
import dev.mystical.scanner.domain.scan.StopReason;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import dev.mystical.scanner.domain.scan.TaskSpec;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Scans of every shape, reachable or not. */
record RandomScans(RandomGenerator random) {
  static final List<ProviderId> PROVIDERS =
      List.of(new ProviderId("sonar"), new ProviderId("mystical"), new ProviderId("zap-2"));

  private static final List<String> TEXTS =
      List.of("x", "Ünï€😀", "a \"quoted\" \\ text", "</script>", "line\nbreak\ttab\u0000", "");

  Scan scan() {
    ScanRequest request = request();
    List<Run> runs = new ArrayList<>();
    request.providers().forEach(provider -> runs.add(run(provider.id())));
    return new Scan(
        key(),
        request,
        RequestDocument.digest(request),
        maybe(() -> "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        any(ScanStatus.values()),
        runs,
        instant(),
        maybe(this::instant),
        maybe(this::instant),
        maybe(this::error),
        random.nextInt(3));
  }

  RefusedScan refused() {
    return new RefusedScan(key(), error(), instant());
  }

  ScanRequest request() {
    List<RequestedProvider> providers = new ArrayList<>();
    for (int i = random.nextInt(PROVIDERS.size()); i < PROVIDERS.size(); i++) {
      providers.add(
          new RequestedProvider(PROVIDERS.get(i), texts("OPT_", 3), random.nextBoolean()));
    }
    return new ScanRequest(
        new Project("p" + random.nextInt(9), maybe(() -> "Project €" + random.nextInt(9))),
        target(),
        providers,
        any(FailOn.values()),
        maybe(() -> Duration.ofSeconds(random.nextInt(60, 43_201))),
        maybe(() -> "https://ci.example.com/hooks?run=" + random.nextInt(9)),
        texts("tag/", 4));
  }

  ScanKey key() {
    return new ScanKey(
        new Tenant("tenant-" + random.nextInt(9)), new ScanId("scan_" + random.nextInt(9)));
  }

  Instant instant() {
    // Whole seconds, milliseconds and nanoseconds are written in different ways.
    long nanos = random.nextInt(1_000) * (long) Math.pow(1_000, random.nextInt(4) - 1.0);
    return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), nanos);
  }

  <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }

  String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private Run run(ProviderId provider) {
    List<Attempt> attempts = new ArrayList<>();
    for (int number = 1; number <= random.nextInt(4); number++) {
      attempts.add(attempt(number));
    }
    return new Run(
        provider,
        random.nextBoolean(),
        any(RunStatus.values()),
        attempts,
        maybe(this::instant),
        maybe(() -> new Requeue(instant(), 1 + random.nextInt(4))),
        maybe(this::report),
        maybe(this::error),
        maybe(this::instant));
  }

  private Attempt attempt(int number) {
    TaskSpec spec =
        new TaskSpec(
            "cluster-" + text(),
            "family:" + random.nextInt(9),
            "container",
            placement(),
            random.nextBoolean() ? Network.NONE : network(),
            instant(),
            maybe(() -> "https://scans.example.com"));
    return new Attempt(
        number,
        random.nextInt(3),
        spec,
        instant(),
        maybe(() -> new TaskArn("arn:aws:ecs:eu-central-1:123456789012:task/c/" + number)),
        maybe(this::instant),
        random.nextBoolean() ? Course.NONE : course());
  }

  private Course course() {
    return new Course(
        maybe(this::instant),
        maybe(this::instant),
        maybe(() ->
            new Stop(any(StopReason.values()), instant(), random.nextInt(9), maybe(this::instant))),
        maybe(() ->
            new TaskEnd(
                maybe(this::instant),
                maybe(() -> random.nextInt(256)),
                maybe(() -> "SpotInterruption"),
                maybe(this::text),
                maybe(() -> "https://logs.example.com/?a=1&b=2"))),
        maybe(() -> any(ErrorCode.values())),
        random.nextBoolean() ? Handover.NONE : handover());
  }

  private Handover handover() {
    return new Handover(
        maybe(() -> new Handover.Start(text(), instant())),
        maybe(() ->
            new Handover.Completion(
                maybe(() -> random.nextInt(256)),
                maybe(this::text),
                maybe(this::text),
                maybe(this::error),
                instant())),
        maybe(this::error),
        maybe(this::instant));
  }

  private StoredReport report() {
    return new StoredReport(
        "received" + random.nextInt(),
        "0123456789abcdef".repeat(4),
        random.nextLong(200_000_000),
        "sarif",
        new ReportSummary(
            new FindingCounts(
                random.nextInt(9),
                random.nextInt(9),
                random.nextInt(9),
                random.nextInt(9),
                random.nextInt(9)),
            any(Coverage.values())),
        instant());
  }

  private Placement placement() {
    return switch (random.nextInt(3)) {
      case 0 -> new Placement.ClusterDefault();
      case 1 -> new Placement.LaunchType("FARGATE");
      default -> new Placement.CapacityProvider("FARGATE_SPOT");
    };
  }

  private Network network() {
    List<String> groups = random.nextBoolean() ? List.of("sg-1") : List.of();
    return new Network(List.of("subnet-1", "subnet-2"), groups, random.nextBoolean());
  }

  private Target target() {
    String commit = "0a1b2c3";
    return switch (random.nextInt(4)) {
      case 0 ->
          new Target.Git(
              "git@example.com:a/b.git",
              maybe(() -> "main"),
              maybe(() -> commit),
              maybe(() -> "sub/path"));
      case 1 -> new Target.Archive("https://example.com/a.zip", "0f".repeat(32));
      case 2 -> new Target.Web("http://example.com");
      default -> new Target.Path("/src/demo");
    };
  }

  private ScanError error() {
    return new ScanError(any(ErrorCode.values()), text(), random.nextBoolean());
  }

  private SortedMap<String, String> texts(String prefix, int most) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      texts.put(prefix + i, "value €" + random.nextInt(9));
    }
    return texts;
  }
}
