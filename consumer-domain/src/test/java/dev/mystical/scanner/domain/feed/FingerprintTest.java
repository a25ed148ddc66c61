package dev.mystical.scanner.domain.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ProviderId;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Subject SONAR = Subject.of(new ProviderId("sonar"));

  @Test
  void whatChangesFromTimeToTimeMakesNoDifference() {
    String first =
        "task arn:aws:ecs:eu-west-1:1:task/scans/0a1b of scan-17 failed after 1203 ms, request"
            + " 6f1d2a3b-0000-4c55-9a0e-aabbccddeeff, digest deadbeefcafe";
    String second =
        "Task arn:aws:ecs:us-east-1:2:task/other/ffff of scan-9 failed after 7 ms, request"
            + " 11111111-2222-3333-4444-555555555555, digest facadefacade";

    assertThat(of(ErrorCode.TASK_FAILED, Stage.LAUNCH, SONAR, first))
        .isEqualTo(of(ErrorCode.TASK_FAILED, Stage.LAUNCH, SONAR, second));
  }

  @Test
  void codeStageProviderAndWordsMakeADifference() {
    String base = of(ErrorCode.ECS_QUOTA, Stage.LAUNCH, SONAR, "no room");

    assertThat(of(ErrorCode.ECS_CAPACITY, Stage.LAUNCH, SONAR, "no room")).isNotEqualTo(base);
    assertThat(of(ErrorCode.ECS_QUOTA, Stage.SUPERVISE, SONAR, "no room")).isNotEqualTo(base);
    assertThat(of(ErrorCode.ECS_QUOTA, Stage.LAUNCH, Subject.SYSTEM, "no room")).isNotEqualTo(base);
    assertThat(of(ErrorCode.ECS_QUOTA, Stage.LAUNCH, SONAR, "no space")).isNotEqualTo(base);
  }

  @Test
  void aLongMessageTakesNoLongTime() {
    String hostile = "a-".repeat(500_000) + "!";

    assertThat(of(ErrorCode.INTERNAL, Stage.API, Subject.SYSTEM, hostile)).isNotEmpty();
  }

  private static String of(ErrorCode code, Stage stage, Subject subject, String message) {
    return Fingerprint.of(ErrorEvent.warn(code, stage, subject, message));
  }
}
