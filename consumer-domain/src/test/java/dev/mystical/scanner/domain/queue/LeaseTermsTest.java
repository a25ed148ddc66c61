package dev.mystical.scanner.domain.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.simulation.Seeds;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTermsTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Receipt RECEIPT = new Receipt(new MessageId("m-1"), "handle");
  private final LeaseTerms terms = new LeaseTerms(Duration.ofSeconds(30));

  @Test
  void aFreshLeaseRunsFromBeforeTheReceiveAndIsRenewedAtHalf() {
    Lease lease = terms.received(RECEIPT, START);

    assertThat(lease)
        .isEqualTo(new Lease(RECEIPT, START, START.plusSeconds(30), START.plusSeconds(15)));
  }

  @Test
  void aRenewalRunsFromWhenItWasAskedFor() {
    Lease renewed = terms.renewed(terms.received(RECEIPT, START), START.plusSeconds(15));

    assertThat(renewed)
        .isEqualTo(new Lease(RECEIPT, START, START.plusSeconds(45), START.plusSeconds(30)));
  }

  @Test
  void aRefusedRenewalIsTriedAgainAfterAQuarterOfTheRest() {
    Lease refused = terms.refused(terms.received(RECEIPT, START), START.plusSeconds(10));

    assertThat(refused.renewAt()).isEqualTo(START.plusSeconds(15));
    assertThat(refused.until()).isEqualTo(START.plusSeconds(30));
  }

  @Test
  void aRefusedRenewalNeverComesAtOnce() {
    Seeds.check(
        500,
        random -> {
          Instant now = START.plusMillis(random.nextInt(60_000));
          Lease refused = terms.refused(terms.received(RECEIPT, START), now);
          assertThat(refused.renewAt()).isAfterOrEqualTo(now.plusMillis(50));
        });
  }

  @Test
  void noRenewalPassesTheTwelfthHour() {
    Lease lease = terms.received(RECEIPT, START);
    Instant last = START.plus(Duration.ofHours(12)).minusSeconds(60 + 30);

    assertThat(terms.atLimit(lease, last)).isFalse();
    assertThat(terms.atLimit(lease, last.plusMillis(1))).isTrue();
    assertThat(terms.atLimit(terms.renewed(lease, last), last.plusMillis(1))).isTrue();
  }

  @Test
  void visibilityIsPositive() {
    assertThatThrownBy(() -> new LeaseTerms(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }
}
