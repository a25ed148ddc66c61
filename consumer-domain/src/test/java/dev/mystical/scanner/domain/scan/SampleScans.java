package dev.mystical.scanner.domain.scan;

import dev.mystical.scanner.domain.report.FailOn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Scans and requests for tests. Their keys are new each time, so that a store may be shared. */
public final class SampleScans {
  public static final ProviderId SONAR = new ProviderId("sonar");
  public static final ProviderId MYSTICAL = new ProviderId("mystical");
  public static final String CALLBACK = "https://ci.example.com/hooks/scans";
  public static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private SampleScans() {}

  public static ScanKey newKey() {
    return new ScanKey(Tenant.DEFAULT, new ScanId("scan-" + UUID.randomUUID()));
  }

  /** A git scan by required providers, with nothing that may be left out. */
  public static ScanRequest plain(ProviderId... providers) {
    return new ScanRequest(
        new Project("payments", Optional.empty()),
        new Target.Git(
            "https://git.example.com/acme/payments.git",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(providers).stream().map(RequestedProvider::of).toList(),
        FailOn.HIGH,
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>());
  }

  /** A scan by two providers with everything that a request can say. */
  public static ScanRequest full() {
    return new ScanRequest(
        new Project("payments", Optional.of("Payments \"€\" 💳")),
        new Target.Git(
            "https://git.example.com/acme/payments.git",
            Optional.of("main"),
            Optional.of("0123abcd"),
            Optional.of("services/api")),
        List.of(
            RequestedProvider.of(SONAR),
            new RequestedProvider(MYSTICAL, new TreeMap<>(Map.of("SEVERITY", "high")), false)),
        FailOn.MEDIUM,
        Optional.of(Duration.ofMinutes(30)),
        Optional.of(CALLBACK),
        new TreeMap<>(Map.of("team", "core")));
  }

  public static Scan queued(ScanKey key, ScanRequest request, Instant createdAt) {
    return Scan.queued(
        key, request, Digest.of(request.toString()).value(), Optional.of(TRACEPARENT), createdAt);
  }

  public static TaskSpec spec(Placement placement, Instant deadline) {
    return new TaskSpec(
        "scans",
        "scanner:7",
        "scanner",
        placement,
        new Network(List.of("subnet-1", "subnet-2"), List.of("sg-1"), true),
        deadline,
        Optional.of("https://scans.example.com"));
  }

  /** A first attempt in the cluster's own place. */
  public static Attempt attempt(Instant now) {
    return Attempt.launching(
        1, 0, spec(new Placement.ClusterDefault(), now.plus(Duration.ofHours(1))), now);
  }

  /** The scan with a run that ECS has accepted. */
  public static Scan launched(Scan scan, ProviderId provider, TaskArn task, Instant now) {
    return scan.with(provider, run -> run.launching(attempt(now)), now)
        .with(provider, run -> run.launched(task, now), now);
  }

  /** The scan with a run that has failed. */
  public static Scan failed(Scan scan, ProviderId provider, ErrorCode code, Instant now) {
    ScanError why = new ScanError(code, "it broke", false);
    return scan.with(provider, run -> run.ended(RunStatus.FAILED, Optional.of(why), now), now);
  }
}
