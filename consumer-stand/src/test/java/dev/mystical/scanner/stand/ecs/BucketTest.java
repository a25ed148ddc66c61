package dev.mystical.scanner.stand.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class BucketTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aFullBucketHoldsItsBurstAndNoMore() {
    Bucket bucket = Bucket.full(new Rate(20, 5), NOW);
    assertThat(bucket.holds(20)).isTrue();
    assertThat(bucket.holds(21)).isFalse();
    assertThat(bucket.refilled(NOW.plusSeconds(3600)).holds(21)).isFalse();
  }

  @Test
  void anEmptyBucketRefillsBySeconds() {
    Bucket empty = Bucket.full(new Rate(20, 5), NOW).minus(20);
    assertThat(empty.refilled(NOW.plusMillis(199)).holds(1)).isFalse();
    assertThat(empty.refilled(NOW.plusMillis(200)).holds(1)).isTrue();
    assertThat(empty.refilled(NOW.plusSeconds(4)).holds(20)).isTrue();
  }

  @Test
  void timeThatGoesBackGivesNothing() {
    Bucket empty = Bucket.full(new Rate(20, 5), NOW).minus(20).refilled(NOW.minusSeconds(10));
    assertThat(empty.tokens()).isZero();
    assertThat(empty.refilled(NOW).tokens()).isZero();
  }

  @Test
  void inNoWindowIsMoreTakenThanBurstAndRefill() {
    long seed = 7;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Bucket bucket = Bucket.full(new Rate(10, 4), NOW);
    Instant now = NOW;
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      now = now.plusMillis(random.nextInt(300));
      bucket = bucket.refilled(now);
      int wanted = 1 + random.nextInt(3);
      if (bucket.holds(wanted)) {
        bucket = bucket.minus(wanted);
        taken += wanted;
      }
      double most = 10 + 4 * (now.toEpochMilli() - NOW.toEpochMilli()) / 1000.0;
      assertThat((double) taken).as("seed %s, step %s", seed, i).isLessThanOrEqualTo(most + 1e-6);
    }
  }

  @Test
  void aRateIsAboveZero() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, 0));
  }
}
