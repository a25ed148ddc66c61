package dev.mystical.scanner.wire;

import dev.mystical.scanner.domain.report.FailOn;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.Project;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RequestedProvider;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanError;
import dev.mystical.scanner.domain.scan.ScanId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanRequest;
import dev.mystical.scanner.domain.scan.Target;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskSpec;
import dev.mystical.scanner.domain.scan.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The scan of the golden documents, at some moments of its life. */
final class SampleScans {
  static final ProviderId SONAR = new ProviderId("sonar");
  static final ProviderId MYSTICAL = new ProviderId("mystical");
  static final ScanKey KEY = new ScanKey(new Tenant("acme"), new ScanId("s-1"));
  static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

  private SampleScans() {}

  static ScanRequest request() {
    return new ScanRequest(
        new Project("payments", Optional.of("Payments")),
        new Target.Git(
            "https://git.example.com/acme/payments.git",
            Optional.of("main"),
            Optional.empty(),
            Optional.empty()),
        List.of(
            RequestedProvider.of(SONAR),
            new RequestedProvider(MYSTICAL, new TreeMap<>(Map.of("SEVERITY", "high")), false)),
        FailOn.HIGH,
        Optional.of(Duration.ofMinutes(30)),
        Optional.of("https://ci.example.com/hooks/scans"),
        new TreeMap<>(Map.of("team", "core")));
  }

  static Scan queued() {
    return queued(request());
  }

  /** One run launched, the other failed. */
  static Scan running() {
    ScanError error = new ScanError(ErrorCode.ECS_START_FAILED, "no such image", false);
    return launched(queued())
        .with(
            MYSTICAL,
            run -> run.ended(RunStatus.FAILED, Optional.of(error), START.plusSeconds(3)),
            START.plusSeconds(3));
  }

  static Scan ended() {
    ScanError error = new ScanError(ErrorCode.RUN_TIMEOUT, "ran for 30 min", true);
    return running()
        .with(
            SONAR,
            run -> run.ended(RunStatus.TIMED_OUT, Optional.of(error), START.plusSeconds(2_000)),
            START.plusSeconds(2_000));
  }

  /** A usual scan: one provider, launched. */
  static Scan small() {
    ScanRequest whole = request();
    return launched(
        queued(
            new ScanRequest(
                whole.project(),
                whole.target(),
                List.of(RequestedProvider.of(SONAR)),
                whole.failOn(),
                whole.timeout(),
                whole.callback(),
                whole.tags())));
  }

  private static Scan queued(ScanRequest request) {
    return Scan.queued(
        KEY,
        request,
        RequestDocument.digest(request),
        Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        START);
  }

  private static Scan launched(Scan scan) {
    TaskSpec spec =
        new TaskSpec(
            "scans",
            "sonar:7",
            "scanner",
            new Placement.CapacityProvider("FARGATE_SPOT"),
            new Network(List.of("subnet-1"), List.of("sg-1"), true),
            START.plusSeconds(2_701),
            Optional.of("https://scans.example.com"));
    Instant launching = START.plusMillis(1_250);
    TaskArn task =
        new TaskArn(
            "arn:aws:ecs:eu-central-1:123456789012:task/scans/0123456789abcdef0123456789abcdef");
    return scan.with(
            SONAR, run -> run.launching(Attempt.launching(1, 0, spec, launching)), launching)
        .with(SONAR, run -> run.launched(task, START.plusMillis(2_500)), START.plusMillis(2_500));
  }
}
