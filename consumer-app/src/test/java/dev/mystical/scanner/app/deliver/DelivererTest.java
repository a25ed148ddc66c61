package dev.mystical.scanner.app.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import dev.mystical.scanner.domain.deliver.DeliveryPolicy;
import dev.mystical.scanner.domain.deliver.InMemoryOutbox;
import dev.mystical.scanner.domain.deliver.InMemoryReceivers;
import dev.mystical.scanner.domain.deliver.Webhook;
import dev.mystical.scanner.domain.deliver.WebhookSender;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.WebhookId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelivererTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String GOOD = "https://good.example.com/hook";
  private static final String DEAD = "https://dead.example.com/hook?secret=s3cr3t";

  private final AtomicReference<Instant> clock =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock::get);
  private final InMemoryOutbox outbox = new InMemoryOutbox(ledger, clock::get);
  private final RecordingErrorFeed feed =
      new RecordingErrorFeed(clock::get, new Redactor(List.of()));
  private final InMemoryReceivers receivers = new InMemoryReceivers();
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger atTheDead = new AtomicInteger();
  private final Counters counters = new Counters();
  private final Deliverer deliverer = deliverer(this::send);

  /** The dead one answers no sooner than the test wants. */
  private DeliveryOutcome send(Webhook webhook) throws InterruptedException {
    if (!webhook.url().equals(DEAD)) {
      return receivers.send(webhook);
    }
    atTheDead.incrementAndGet();
    release.await();
    return new DeliveryOutcome.Unreachable("no answer");
  }

  @AfterEach
  void stop() throws InterruptedException {
    release.countDown();
    deliverer.stop(PATIENCE);
  }

  @Test
  void aWebhookThatArrivesIsDone() throws InterruptedException {
    receivers.listen(GOOD, 204);
    Scan scan = ended(GOOD);

    step();

    assertThat(receivers.received()).extracting(Webhook::id).containsExactly(WebhookId.of(scan));
    assertThat(state(scan)).contains(new CallbackState(CallbackState.Status.DELIVERED, 1));
    pass(Duration.ofDays(1));
    step();
    assertThat(receivers.received()).hasSize(1);
  }

  /** I6. */
  @Test
  void everyTryCarriesTheSameIdAndBytes() throws InterruptedException {
    receivers.listen(GOOD, 500);
    Scan scan = ended(GOOD);
    for (int i = 0; i < 4; i++) {
      step();
      pass(Duration.ofHours(3));
    }
    receivers.listen(GOOD, 200);
    step();

    assertThat(receivers.received()).hasSize(5);
    assertThat(receivers.received()).extracting(Webhook::id).containsOnly(WebhookId.of(scan));
    assertThat(receivers.received().stream().map(Webhook::body).distinct()).hasSize(1);
    assertThat(state(scan)).contains(new CallbackState(CallbackState.Status.DELIVERED, 5));
  }

  @Test
  void aReceiverThatNeverTakesItIsGivenUpAndPeopleAreToldOnce() throws InterruptedException {
    receivers.listen(GOOD, 302);
    Scan scan = ended(GOOD);
    for (int i = 0; i < 20; i++) {
      step();
      pass(Duration.ofHours(12));
    }

    assertThat(state(scan).map(CallbackState::status)).contains(CallbackState.Status.FAILED);
    assertThat(feed.events())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.code()).isEqualTo(ErrorCode.CALLBACK_FAILED);
          assertThat(error.stage()).isEqualTo(Stage.DELIVER);
          assertThat(error.subject().scan()).contains(scan.key().id());
        });
  }

  @Test
  void whatIsGoneOrForbiddenIsNotTriedAgain() throws InterruptedException {
    receivers.listen(GOOD, 410);
    String forbidden = "https://10.0.0.1/";
    receivers.block(forbidden, "not public");
    Scan gone = ended(GOOD);
    Scan blocked = ended(forbidden);

    step();

    assertThat(state(gone).map(CallbackState::status)).contains(CallbackState.Status.FAILED);
    assertThat(state(blocked).map(CallbackState::status)).contains(CallbackState.Status.BLOCKED);
    assertThat(feed.events())
        .extracting(ErrorEvent::code)
        .containsExactlyInAnyOrder(ErrorCode.CALLBACK_FAILED, ErrorCode.CALLBACK_BLOCKED);
  }

  @Test
  void aDeadReceiverHoldsNobodyElseUp() throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      ended(DEAD);
    }
    receivers.listen(GOOD, 200);
    Scan good = ended(GOOD);

    for (int i = 0; i < 40 && receivers.received().isEmpty(); i++) {
      var unused = deliverer.turn();
    }
    assertThat(atTheDead).hasValueLessThanOrEqualTo(Deliverer.PER_HOST);
    release.countDown();
    assertThat(deliverer.idle(PATIENCE)).isTrue();
    assertThat(state(good).map(CallbackState::status)).contains(CallbackState.Status.DELIVERED);
  }

  /**
   * What came of a try could not be written: it is made again, and the receiver tells by the id.
   */
  @Test
  void aTryThatNobodyKnowsOfIsMadeAgain() throws InterruptedException {
    receivers.listen(GOOD, 200);
    Scan scan = ended(GOOD);
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Deliverer killed =
        deliverer(webhook -> {
          DeliveryOutcome outcome = receivers.send(webhook);
          sending.countDown();
          never.await();
          return outcome;
        });
    var unused = killed.turn();
    sending.await();
    killed.stop(Duration.ZERO);

    // A try takes up to 15 s, and what came of it is written after that.
    pass(Duration.ofSeconds(30));
    step();
    assertThat(receivers.received()).as("while the claim lasts").hasSize(1);
    pass(Duration.ofSeconds(31));
    step();

    assertThat(receivers.received()).hasSize(2);
    assertThat(receivers.received()).extracting(Webhook::id).containsOnly(WebhookId.of(scan));
    assertThat(state(scan).map(CallbackState::status)).contains(CallbackState.Status.DELIVERED);
  }

  private Deliverer deliverer(WebhookSender sender) {
    return new Deliverer(
        new Deliverer.Parts(
            outbox, sender, DeliveryPolicy.STANDARD, feed, new HealthBoard(clock::get), counters),
        clock::get,
        new Random(0));
  }

  private void step() throws InterruptedException {
    var unused = deliverer.turn();
    assertThat(deliverer.idle(PATIENCE)).isTrue();
  }

  private void pass(Duration time) {
    clock.updateAndGet(now -> now.plus(time));
  }

  private Optional<CallbackState> state(Scan scan) throws InterruptedException {
    return outbox.state(WebhookId.of(scan));
  }

  private Scan ended(String callback) throws InterruptedException {
    ScanRequest plain = SampleScans.plain(SampleScans.SONAR);
    ScanRequest request =
        new ScanRequest(
            plain.project(),
            plain.target(),
            plain.providers(),
            plain.failOn(),
            plain.timeout(),
            Optional.of(callback),
            plain.tags());
    Scan scan =
        SampleScans.queued(SampleScans.newKey(), request, clock.get()).cancelled(clock.get());
    ledger.commit(Commit.of(scan, clock.get()));
    return scan;
  }
}
