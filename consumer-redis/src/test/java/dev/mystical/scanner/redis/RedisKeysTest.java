package dev.mystical.scanner.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.scan.TaskArn;
import org.junit.jupiter.api.Test;

class RedisKeysTest {
  private final RedisKeys keys = new RedisKeys("scanner");

  @Test
  void aTaskIsNamedByItsClusterAndItsId() {
    assertThat(keys.task(new TaskArn("arn:aws:ecs:eu-west-1:123456789012:task/scans/0a1b")))
        .isEqualTo("scans/0a1b");
  }

  @Test
  void anArnOfAnotherShapeStandsForItself() {
    assertThat(keys.task(new TaskArn("arn:old"))).isEqualTo("arn:old");
  }
}
