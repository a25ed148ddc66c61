package dev.mystical.scanner.domain.launch;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskSpec;
import dev.mystical.scanner.domain.scan.Tenant;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TaskRequestsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final ScanKey KEY = new ScanKey(new Tenant("acme"), new ScanId("scan-1"));
  private static final Placement DEFAULT = new Placement.ClusterDefault();

  private final TaskRequests requests = requests(Optional.of(new TokenKey(SECRET)));
  private final Scan scan = SampleScans.queued(KEY, SampleScans.full(), NOW);
  private final Attempt first = Attempt.launching(1, 0, SampleScans.spec(DEFAULT, NOW), NOW);

  @Test
  void theTokenIsThatOfTheContract() {
    assertThat(requests.of(scan, SONAR, first).clientToken())
        .isEqualTo(sha256("scan-1.sonar\n1\n0\n"));
  }

  @Test
  void theTokenNamesTheCapacityProviderButNoLaunchType() {
    Attempt spot = attempt(2, 3, new Placement.CapacityProvider("FARGATE_SPOT"));
    Attempt typed = attempt(2, 3, new Placement.LaunchType("FARGATE"));

    assertThat(requests.of(scan, SONAR, spot).clientToken())
        .isEqualTo(sha256("scan-1.sonar\n2\n3\nFARGATE_SPOT"));
    assertThat(requests.of(scan, SONAR, typed).clientToken())
        .isEqualTo(sha256("scan-1.sonar\n2\n3\n"));
  }

  @Test
  void everyAttemptPlacementRunAndPlaceHasItsOwnToken() {
    Set<String> tokens = new HashSet<>();
    for (Placement place :
        List.of(
            DEFAULT,
            new Placement.CapacityProvider("FARGATE"),
            new Placement.CapacityProvider("FARGATE_SPOT"))) {
      for (int number = 1; number <= 12; number++) {
        for (int placement = 0; placement < 12; placement++) {
          tokens.add(requests.of(scan, SONAR, attempt(number, placement, place)).clientToken());
          tokens.add(requests.of(scan, MYSTICAL, attempt(number, placement, place)).clientToken());
        }
      }
    }

    assertThat(tokens).hasSize(3 * 12 * 12 * 2);
  }

  @Test
  void theSameAttemptIsTheSameRequestOnAnyReplica() {
    Scan moved =
        SampleScans.launched(scan, MYSTICAL, new TaskArn("arn:task/1"), NOW.plusSeconds(9));
    TaskRequests other = requests(Optional.of(new TokenKey(SECRET)));

    assertThat(other.of(moved, SONAR, first)).isEqualTo(requests.of(scan, SONAR, first));
    assertThat(List.copyOf(other.of(moved, SONAR, first).tags().entrySet()))
        .isEqualTo(List.copyOf(requests.of(scan, SONAR, first).tags().entrySet()));
  }

  @Test
  void everythingOfTheSpecIsAskedFor() {
    TaskRequest request = requests.of(scan, SONAR, first);

    assertThat(request.cluster()).isEqualTo("scans");
    assertThat(request.taskDefinition()).isEqualTo("scanner:7");
    assertThat(request.container()).isEqualTo("scanner");
    assertThat(request.placement()).isEqualTo(DEFAULT);
    assertThat(request.network().subnets()).containsExactly("subnet-1", "subnet-2");
    assertThat(request.startedBy()).isEqualTo("scan/scan-1/sonar");
  }

  @Test
  void theTagsAreThoseOfTheContract() {
    assertThat(requests.of(scan, SONAR, first).tags())
        .containsExactly(
            Map.entry("scan:id", "scan-1"),
            Map.entry("scan:run", "scan-1.sonar"),
            Map.entry("scan:provider", "sonar"),
            Map.entry("scan:tenant", "acme"),
            Map.entry("scan:attempt", "1"),
            Map.entry("scan:deadline", "2026-01-02T03:04:05Z"));
  }

  @Test
  void aFullRequestSetsAllVariables() {
    Map<String, String> variables = new TreeMap<>(requests.of(scan, MYSTICAL, first).environment());

    assertThat(variables.remove("SCAN_TOKEN")).startsWith("1767323945.");
    assertThat(variables.remove("SCAN_SEALED")).isNotBlank();
    assertThat(variables.remove("TRACEPARENT"))
        .matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01")
        .doesNotContain("00f067aa0ba902b7");
    assertThat(variables)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("SCAN_CONTRACT", "1"),
                Map.entry("SCAN_ID", "scan-1"),
                Map.entry("SCAN_RUN_ID", "scan-1.mystical"),
                Map.entry("SCAN_ATTEMPT", "1"),
                Map.entry("SCAN_PROVIDER", "mystical"),
                Map.entry("SCAN_PROJECT_KEY", "payments"),
                Map.entry("SCAN_PROJECT_NAME", "Payments \"€\" 💳"),
                Map.entry("SCAN_TARGET_TYPE", "git"),
                Map.entry("SCAN_TARGET_URL", "https://git.example.com/acme/payments.git"),
                Map.entry("SCAN_TARGET_REF", "main"),
                Map.entry("SCAN_TARGET_COMMIT", "0123abcd"),
                Map.entry("SCAN_TARGET_SUBPATH", "services/api"),
                Map.entry("SCAN_DEADLINE", "2026-01-02T03:04:05Z"),
                Map.entry("SCAN_OPT_SEVERITY", "high"),
                Map.entry("SCAN_API_URL", "https://scans.example.com")));
  }

  @Test
  void whatIsUnknownIsLeftOut() {
    TaskSpec spec = new TaskSpec("scans", "x", "y", DEFAULT, Network.NONE, NOW, Optional.empty());
    Scan plain = Scan.queued(KEY, SampleScans.plain(SONAR), "digest", Optional.empty(), NOW);

    assertThat(
            requests(Optional.empty())
                .of(plain, SONAR, Attempt.launching(1, 0, spec, NOW))
                .environment())
        .containsOnlyKeys(
            "SCAN_CONTRACT",
            "SCAN_ID",
            "SCAN_RUN_ID",
            "SCAN_ATTEMPT",
            "SCAN_PROVIDER",
            "SCAN_PROJECT_KEY",
            "SCAN_TARGET_TYPE",
            "SCAN_TARGET_URL",
            "SCAN_DEADLINE",
            "TRACEPARENT");
  }

  @Test
  void withoutAnApiUrlThereIsNoTokenButASealedRequest() {
    TaskSpec spec = new TaskSpec("scans", "x", "y", DEFAULT, Network.NONE, NOW, Optional.empty());

    assertThat(requests.of(scan, SONAR, Attempt.launching(1, 0, spec, NOW)).environment())
        .containsKey("SCAN_SEALED")
        .doesNotContainKeys("SCAN_TOKEN", "SCAN_API_URL");
  }

  @Test
  void everyKindOfTargetIsHandedOver() {
    assertThat(targetOf(new Target.Archive("https://a.example/x.zip", "ab12")))
        .containsOnly(
            Map.entry("SCAN_TARGET_TYPE", "archive"),
            Map.entry("SCAN_TARGET_URL", "https://a.example/x.zip"),
            Map.entry("SCAN_TARGET_SHA256", "ab12"));
    assertThat(targetOf(new Target.Web("https://app.example")))
        .containsOnly(
            Map.entry("SCAN_TARGET_TYPE", "web"),
            Map.entry("SCAN_TARGET_URL", "https://app.example"));
    assertThat(targetOf(new Target.Path("/srv/code")))
        .containsOnly(
            Map.entry("SCAN_TARGET_TYPE", "path"), Map.entry("SCAN_TARGET_URL", "/srv/code"));
  }

  @Test
  void optionsCannotSetOtherVariables() {
    ScanRequest request = SampleScans.plain(SONAR);
    TreeMap<String, String> options = new TreeMap<>(Map.of("PATH", "/evil", "SCAN_TOKEN", "x"));
    Scan hostile =
        Scan.queued(
            KEY,
            withProvider(request, new RequestedProvider(SONAR, options, true)),
            "digest",
            Optional.empty(),
            NOW);

    assertThat(requests.of(hostile, SONAR, first).environment())
        .containsEntry("SCAN_OPT_PATH", "/evil")
        .doesNotContainKey("PATH")
        .doesNotContainEntry("SCAN_TOKEN", "x");
  }

  @Test
  void noCredentialIsInTheEnvironment() {
    TaskRequest request = requests.of(scan, SONAR, first);

    assertThat(request.environment()).doesNotContainValue(SECRET);
    assertThat(request.environment().keySet())
        .allMatch(name -> name.startsWith("SCAN_") || name.equals("TRACEPARENT"));
    assertThat(request.toString()).doesNotContain("SCAN_TOKEN");
  }

  @Test
  void aScanWithoutATraceGetsOneOfItsOwn() {
    Scan plain = Scan.queued(KEY, SampleScans.plain(SONAR), "digest", Optional.empty(), NOW);
    String trace = variable(plain, first, "TRACEPARENT");

    assertThat(Traceparent.valid(trace)).isTrue();
    assertThat(variable(plain, attempt(2, 0, DEFAULT), "TRACEPARENT"))
        .startsWith(trace.substring(0, 35))
        .isNotEqualTo(trace);
  }

  private String variable(Scan of, Attempt attempt, String name) {
    return String.valueOf(requests.of(of, SONAR, attempt).environment().get(name));
  }

  private Map<String, String> targetOf(Target target) {
    ScanRequest plain = SampleScans.plain(SONAR);
    ScanRequest request =
        new ScanRequest(
            new Project("payments", Optional.empty()),
            target,
            plain.providers(),
            FailOn.HIGH,
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>());
    Map<String, String> variables =
        new TreeMap<>(
            requests
                .of(Scan.queued(KEY, request, "digest", Optional.empty(), NOW), SONAR, first)
                .environment());
    variables.keySet().removeIf(name -> !name.startsWith("SCAN_TARGET_"));
    return variables;
  }

  private static ScanRequest withProvider(ScanRequest request, RequestedProvider provider) {
    return new ScanRequest(
        request.project(),
        request.target(),
        List.of(provider),
        request.failOn(),
        request.timeout(),
        request.callback(),
        request.tags());
  }

  private static Attempt attempt(int number, int placement, Placement place) {
    return Attempt.launching(number, placement, SampleScans.spec(place, NOW), NOW);
  }

  private static TaskRequests requests(Optional<TokenKey> key) {
    return new TaskRequests(key, scan -> scan.request().toString().getBytes(UTF_8));
  }

  private static String sha256(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
