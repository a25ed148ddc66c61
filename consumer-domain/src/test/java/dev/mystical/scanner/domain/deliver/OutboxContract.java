package dev.mystical.scanner.domain.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.deliver.CallbackState.Status;
import dev.mystical.scanner.domain.ledger.WebhookId;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Outbox} promises. */
public abstract class OutboxContract extends ToldScans {
  /** For the adapters' tests. */
  protected OutboxContract() {}

  @Test
  void theEndOfAScanIsDueAtOnce() throws InterruptedException {
    Scan scan = end(Duration.ZERO);

    Outbox.Claim claim = outbox().claim(10, LEASE);

    Outgoing webhook = claim.webhooks().getFirst();
    assertThat(claim.webhooks()).hasSize(1);
    assertThat(claim.waiting()).isEqualTo(1);
    assertThat(webhook.id()).isEqualTo(WebhookId.of(scan));
    assertThat(webhook.url()).isEqualTo(SampleScans.CALLBACK);
    assertThat(webhook.body()).contains(scan.key().id().value());
    assertThat(webhook.scan()).isEqualTo(scan.key());
    assertThat(webhook.tries()).isZero();
    assertThat(webhook.firstTry()).isEmpty();
    assertThat(Duration.between(claim.now().plus(LEASE), webhook.until()))
        .isBetween(Duration.ZERO, Duration.ofMillis(1));
    assertThat(outbox().state(webhook.id())).contains(new CallbackState(Status.PENDING, 0));
  }

  @Test
  void whereNothingIsToBeToldNothingIsThere() throws InterruptedException {
    endUntold();

    Outbox.Claim claim = outbox().claim(10, LEASE);

    assertThat(claim.webhooks()).isEmpty();
    assertThat(claim.waiting()).isZero();
    assertThat(outbox().state("msg_none")).isEmpty();
  }

  @Test
  void noMoreAreClaimedThanAskedForAndAllAreCounted() throws InterruptedException {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      ids.add(WebhookId.of(end(HOUR)));
    }

    Set<String> claimed = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Outbox.Claim claim = outbox().claim(2, LEASE);
      assertThat(claim.waiting()).isEqualTo(5);
      claim.webhooks().forEach(webhook -> claimed.add(webhook.id()));
    }

    assertThat(claimed).isEqualTo(ids);
    assertThat(outbox().claim(2, LEASE).webhooks()).isEmpty();
  }

  @Test
  void theLongestDueComeFirst() throws InterruptedException {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      order.add(WebhookId.of(end(HOUR)));
    }
    Outbox.Claim claim = outbox().claim(10, LEASE);
    for (Outgoing webhook : claim.webhooks()) {
      Duration ago = Duration.ofMinutes(1 + order.indexOf(webhook.id()));
      outbox().putBack(webhook, claim.now().minus(ago));
    }

    assertThat(outbox().claim(10, LEASE).webhooks())
        .extracting(Outgoing::id)
        .containsExactlyElementsOf(order.reversed());
  }

  @Test
  void aWebhookOfADeadClaimIsFoundAfterItsLeaseAsItWas() throws InterruptedException {
    end(HOUR);
    Outgoing first = claimed();

    elapse(LEASE.minusSeconds(10));
    assertThat(outbox().claim(10, LEASE).webhooks()).isEmpty();
    elapse(Duration.ofSeconds(11));
    Outgoing second = claimed();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.tries()).isZero();
    assertThat(second.until()).isAfter(first.until());
  }

  @Test
  void twoClaimersNeverHaveTheSameWebhook() throws InterruptedException, ExecutionException {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      all.add(WebhookId.of(end(HOUR)));
    }

    List<String> claimed = new ArrayList<>();
    Callable<Outbox.Claim> claim = () -> outbox().claim(10, LEASE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Outbox.Claim> each : threads.invokeAll(Collections.nCopies(8, claim))) {
        each.get().webhooks().forEach(webhook -> claimed.add(webhook.id()));
      }
    }

    assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aTryInVainIsCountedAndTheNextOneIsLater() throws InterruptedException {
    end(HOUR);
    Instant before = now();
    outbox().again(claimed(), before.plus(HOUR));
    Instant after = now();

    assertThat(outbox().claim(10, LEASE).webhooks()).isEmpty();
    assertThat(outbox().claim(10, LEASE).waiting()).isEqualTo(1);
    elapse(HOUR.plusSeconds(1));
    Outgoing second = claimed();
    assertThat(second.tries()).isEqualTo(1);
    Instant first = second.firstTry().orElseThrow();
    assertThat(first).isBetween(before.minusMillis(1), after);
    outbox().again(second, now().minusSeconds(1));

    Outgoing third = claimed();
    assertThat(third.tries()).isEqualTo(2);
    assertThat(third.firstTry()).contains(first);
    assertThat(third.body()).isEqualTo(second.body());
    assertThat(outbox().state(third.id())).contains(new CallbackState(Status.PENDING, 2));
  }

  @Test
  void whatIsPutBackWasNotTried() throws InterruptedException {
    end(HOUR);
    outbox().putBack(claimed(), now().plus(HOUR));

    assertThat(outbox().claim(10, LEASE).webhooks()).isEmpty();
    elapse(HOUR.plusSeconds(1));
    Outgoing second = claimed();
    assertThat(second.tries()).isZero();
    assertThat(second.firstTry()).isEmpty();
  }

  @Test
  void whatHasEndedIsNotThereAnyMore() throws InterruptedException {
    for (Status status : List.of(Status.DELIVERED, Status.FAILED, Status.BLOCKED)) {
      end(HOUR);
      Outgoing webhook = claimed();

      assertThat(outbox().end(webhook, status)).isTrue();

      elapse(LEASE.plusSeconds(1));
      assertThat(outbox().claim(10, LEASE).waiting()).isZero();
      assertThat(outbox().state(webhook.id())).contains(new CallbackState(status, 1));
    }
  }

  @Test
  void anEndThatIsWrittenAgainIsTheSameEnd() throws InterruptedException {
    end(HOUR);
    Outgoing webhook = claimed();

    assertThat(outbox().end(webhook, Status.FAILED)).isTrue();
    assertThat(outbox().end(webhook, Status.FAILED)).isTrue();
    outbox().again(webhook, now());
    outbox().putBack(webhook, now());

    assertThat(outbox().claim(10, LEASE).waiting()).isZero();
    assertThat(outbox().state(webhook.id())).contains(new CallbackState(Status.FAILED, 1));
  }

  @Test
  void aTryThatIsWrittenAgainIsCountedOnce() throws InterruptedException {
    end(HOUR);
    Outgoing webhook = claimed();

    outbox().again(webhook, now().minusSeconds(1));
    outbox().again(webhook, now().plus(HOUR));

    assertThat(claimed().tries()).isEqualTo(1);
  }

  @Test
  void whoeverComesAfterItsLeaseChangesNothing() throws InterruptedException {
    end(HOUR);
    Outgoing late = claimed();
    elapse(LEASE.plusSeconds(1));
    Outgoing owned = claimed();

    outbox().again(late, now());
    outbox().putBack(late, now());
    assertThat(outbox().end(late, Status.FAILED)).isFalse();

    assertThat(outbox().claim(10, LEASE).webhooks()).isEmpty();
    assertThat(outbox().state(owned.id())).contains(new CallbackState(Status.PENDING, 0));
    assertThat(outbox().end(owned, Status.DELIVERED)).isTrue();
    assertThat(outbox().end(late, Status.FAILED)).isFalse();
    assertThat(outbox().state(owned.id())).contains(new CallbackState(Status.DELIVERED, 1));
  }

  @Test
  void whatIsRedeliveredIsDueAnewWithTheSameBytes() throws InterruptedException {
    Scan scan = end(HOUR);
    Outgoing first = claimed();
    outbox().again(first, now().minusSeconds(1));
    outbox().end(claimed(), Status.FAILED);
    elapse(HOUR);

    outbox().redeliver(entry(scan));

    assertThat(outbox().state(first.id())).contains(new CallbackState(Status.PENDING, 0));
    Outgoing anew = claimed();
    assertThat(anew.id()).isEqualTo(first.id());
    assertThat(anew.url()).isEqualTo(first.url());
    assertThat(anew.body()).isEqualTo(first.body());
    assertThat(anew.tries()).isZero();
    assertThat(anew.firstTry()).isEmpty();
    assertThat(outbox().end(anew, Status.DELIVERED)).isTrue();
    assertThat(outbox().claim(10, LEASE).waiting()).isZero();
  }

  @Test
  void whatWaitsForItsNextTryIsRedeliveredNow() throws InterruptedException {
    Scan scan = end(HOUR);
    outbox().again(claimed(), now().plus(HOUR));

    outbox().redeliver(entry(scan));
    outbox().redeliver(entry(scan));

    assertThat(claimed().tries()).isZero();
  }

  @Test
  void whatIsNotKeptIsRedeliveredAsItIsGiven() throws InterruptedException {
    Scan scan = end(HOUR);
    String body = claimed().body();
    loseAll();

    outbox().redeliver(entry(scan));

    Outgoing anew = claimed();
    assertThat(anew.id()).isEqualTo(WebhookId.of(scan));
    assertThat(anew.url()).isEqualTo(SampleScans.CALLBACK);
    assertThat(anew.scan()).isEqualTo(scan.key());
    assertThat(anew.body()).contains(scan.key().id().value()).isNotEqualTo(body);
  }

  @Test
  void aRedeliveryIsNotUndoneByTheTryBeforeIt() throws InterruptedException {
    Scan scan = end(HOUR);
    Outgoing before = claimed();
    outbox().redeliver(entry(scan));

    outbox().again(before, now().plus(HOUR));
    assertThat(outbox().end(before, Status.FAILED)).isFalse();

    assertThat(claimed().tries()).isZero();
  }

  @Test
  void aRebuiltScanThatEndsAnewIsToldInTheBytesOfTheFirst() throws InterruptedException {
    Scan scan = end(HOUR);
    Outgoing first = claimed();
    outbox().again(first, now().plus(HOUR));
    elapse(Duration.ofSeconds(1));

    endAnew(scan.key());

    assertThat(outbox().claim(10, LEASE).webhooks()).isEmpty();
    elapse(HOUR);
    Outgoing second = claimed();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.tries()).isEqualTo(1);
  }

  @Test
  void aRebuiltScanWhoseWebhookHasEndedIsNotToldAgain() throws InterruptedException {
    for (Status status : List.of(Status.DELIVERED, Status.FAILED, Status.BLOCKED)) {
      Scan scan = end(HOUR);
      outbox().end(claimed(), status);

      endAnew(scan.key());

      assertThat(outbox().claim(10, LEASE).waiting()).isZero();
      assertThat(outbox().state(WebhookId.of(scan))).contains(new CallbackState(status, 1));
    }
  }

  @Test
  void aScanThatIsRebuiltAfterAllWasLostIsToldAgainUnderTheSameId() throws InterruptedException {
    Scan scan = end(HOUR);
    outbox().end(claimed(), Status.DELIVERED);
    ScanKey key = scan.key();
    loseAll();

    endAnew(key);

    assertThat(claimed().id()).isEqualTo(WebhookId.of(scan));
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() throws InterruptedException {
    Outbox outbox = outbox();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> outbox.claim(10, LEASE)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  /** The only webhook that is due. */
  private Outgoing claimed() throws InterruptedException {
    List<Outgoing> webhooks = outbox().claim(10, LEASE).webhooks();
    assertThat(webhooks).hasSize(1);
    return webhooks.getFirst();
  }
}
