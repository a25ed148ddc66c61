package dev.mystical.scanner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.ScanError;
import org.junit.jupiter.api.Test;

class ScanViewTest {
  private static final String REQUEST =
      """
      "project":{"key":"payments","name":"Payments"},\
      "target":{"type":"git","url":"https://git.example.com/acme/payments.git","ref":"main"},\
      "policy":{"failOn":"high"},"tags":{"team":"core"},\
      """;
  private static final String LAUNCHED =
      """
      "attempts":[{"attempt":1,"taskArn":"arn:aws:ecs:eu-central-1:123456789012:task/scans/\
      0123456789abcdef0123456789abcdef","capacityProvider":"FARGATE_SPOT",\
      "launchedAt":"2026-11-23T06:00:02.500Z"}]\
      """;
  private static final String FAILED_RUN =
      """
      {"runId":"s-1.mystical","provider":"mystical","required":false,"status":"FAILED",\
      "coverage":"none","verdict":"UNKNOWN","error":{"code":"ECS_START_FAILED",\
      "message":"no such image","retryable":false},"attempts":[]}\
      """;

  @Test
  void aQueuedScanSaysNothingThatIsNotKnown() {
    assertThat(ScanView.json(SampleScans.queued()))
        .isEqualTo(
            """
            {"scanId":"s-1","tenant":"acme",%s"status":"QUEUED",\
            "createdAt":"2026-11-23T06:00:00Z",\
            "callback":{"url":"https://ci.example.com/hooks/scans"},"runs":[\
            {"runId":"s-1.sonar","provider":"sonar","required":true,"status":"PENDING",\
            "attempts":[]},\
            {"runId":"s-1.mystical","provider":"mystical","required":false,"status":"PENDING",\
            "attempts":[]}],"links":{"self":"/v1/scans/s-1","events":"/v1/scans/s-1/events",\
            "cancel":"/v1/scans/s-1/cancel"}}\
            """
                .formatted(REQUEST));
  }

  @Test
  void aRunningScanShowsItsTasks() {
    assertThat(ScanView.json(SampleScans.running()))
        .isEqualTo(
            """
            {"scanId":"s-1","tenant":"acme",%s"status":"RUNNING",\
            "createdAt":"2026-11-23T06:00:00Z","startedAt":"2026-11-23T06:00:01.250Z",\
            "callback":{"url":"https://ci.example.com/hooks/scans"},"runs":[\
            {"runId":"s-1.sonar","provider":"sonar","required":true,"status":"PROVISIONING",\
            %s},%s],"links":{"self":"/v1/scans/s-1","events":"/v1/scans/s-1/events",\
            "cancel":"/v1/scans/s-1/cancel"}}\
            """
                .formatted(REQUEST, LAUNCHED, FAILED_RUN));
  }

  @Test
  void anEndedScanWithoutReportIsNeverClean() {
    assertThat(ScanView.json(SampleScans.ended()))
        .isEqualTo(
            """
            {"scanId":"s-1","tenant":"acme",%s"status":"TIMED_OUT",\
            "coverage":"none","verdict":"UNKNOWN",\
            "createdAt":"2026-11-23T06:00:00Z","startedAt":"2026-11-23T06:00:01.250Z",\
            "endedAt":"2026-11-23T06:33:20Z","error":{"code":"RUN_TIMEOUT",\
            "message":"ran for 30 min","retryable":true},\
            "callback":{"url":"https://ci.example.com/hooks/scans"},"runs":[\
            {"runId":"s-1.sonar","provider":"sonar","required":true,"status":"TIMED_OUT",\
            "coverage":"none","verdict":"UNKNOWN","error":{"code":"RUN_TIMEOUT",\
            "message":"ran for 30 min","retryable":true},%s},%s],\
            "links":{"self":"/v1/scans/s-1","events":"/v1/scans/s-1/events"}}\
            """
                .formatted(REQUEST, LAUNCHED, FAILED_RUN));
  }

  @Test
  void aRefusedScanIsAFailedOne() {
    RefusedScan refused =
        new RefusedScan(
            SampleScans.KEY,
            new ScanError(ErrorCode.MESSAGE_INVALID, "/project: is missing", false),
            SampleScans.START);

    assertThat(ScanView.json(refused))
        .isEqualTo(
            """
            {"scanId":"s-1","tenant":"acme","status":"FAILED","coverage":"none",\
            "verdict":"UNKNOWN","createdAt":"2026-11-23T06:00:00Z",\
            "endedAt":"2026-11-23T06:00:00Z","error":{"code":"MESSAGE_INVALID",\
            "message":"/project: is missing","retryable":false},"runs":[],\
            "links":{"self":"/v1/scans/s-1","events":"/v1/scans/s-1/events"}}\
            """);
  }
}
