package dev.mystical.scanner.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @Test
  void everyPartIsRead() {
    assertThat(RedisAddress.parse("rediss://me:p%40ss+word@redis.example.com:6380/3"))
        .isEqualTo(
            new RedisAddress(
                true, "redis.example.com", 6380, Optional.of("me"), Optional.of("p@ss+word"), 3));
  }

  @Test
  void whatIsLeftOutIsAsUsual() {
    assertThat(RedisAddress.parse("redis://localhost"))
        .isEqualTo(
            new RedisAddress(false, "localhost", 6379, Optional.empty(), Optional.empty(), 0));
  }

  @Test
  void aPasswordNeedsNoUser() {
    RedisAddress address = RedisAddress.parse("redis://:open-sesame@localhost/");

    assertThat(address.user()).isEmpty();
    assertThat(address.secrets()).containsExactly("open-sesame");
  }

  @Test
  void thePasswordIsNeverPrinted() {
    assertThat(RedisAddress.parse("redis://me:open-sesame@localhost:1/2"))
        .hasToString("redis://me:***@localhost:1/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://me:open-sesame@localhost",
        "redis://me:open-sesame@local host",
        "redis://me:open-sesame@",
        "redis://me:open-sesame@localhost/db",
        "open-sesame",
        ""
      })
  void whatIsNoAddressIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> RedisAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContaining("open-sesame");
  }
}
