package dev.mystical.scanner.app.deadletters;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.feed.Severity;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.InMemoryDeadLetterBox;
import dev.mystical.scanner.domain.queue.InMemoryScanQueue;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.RunStatus;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.ScanStatus;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.simulation.MovableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLetterWatchTest {
  private static final TaskArn TASK = new TaskArn("arn:task/1");
  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(15);

  private final MovableClock clock = new MovableClock();
  private final InMemoryDeadLetterBox box = new InMemoryDeadLetterBox(clock);
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  private final RecordingErrorFeed feed = new RecordingErrorFeed(clock, new Redactor(List.of()));
  private final DeadLetterWatch watch = watch(ledger);

  @Test
  void aDeadLetterIsAFailedScanAndAnErrorAndStaysWhereItIs() throws InterruptedException {
    MessageId named = box.move(Requests.named("scan-1"), Map.of());
    MessageId unnamed = box.move(Requests.unnamed(), Map.of());
    MessageId broken = box.move("{", Map.of());

    assertThat(watch.take()).isEqualTo(PAUSE);

    assertThat(refused("scan-1")).isEqualTo(ErrorCode.INTERNAL);
    assertThat(refused(unnamed.value())).isEqualTo(ErrorCode.INTERNAL);
    assertThat(refused(broken.value())).isEqualTo(ErrorCode.MESSAGE_INVALID);
    assertThat(ledger.errors())
        .extracting(error -> error.subject().message().orElseThrow())
        .containsExactlyInAnyOrder(named, unnamed, broken);
    assertThat(box.letters()).containsExactly(named, unnamed, broken);
    assertThat(box.receive()).hasSize(3);
  }

  @Test
  void itIsToldOnceThoughTwoWatch() throws InterruptedException {
    box.move(Requests.named("scan-1"), Map.of());
    DeadLetterWatch other = watch(ledger);
    DeadLetterWatch raced =
        watch(
            new RacedLedger(
                ledger,
                () -> {
                  clock.advance(Duration.ofSeconds(31));
                  other.take();
                }));

    raced.take();
    clock.advance(Duration.ofMinutes(31));
    raced.take();
    other.take();

    assertThat(ledger.errors()).hasSize(1);
    assertThat(refused("scan-1")).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void runsThatNobodyWillLaunchFailOnceThoughTwoWatch() throws InterruptedException {
    begin(SampleScans.launched(scan(), SONAR, TASK, clock.instant()));
    box.move(Requests.named("scan-1"), Map.of());
    DeadLetterWatch other = watch(ledger);
    DeadLetterWatch raced =
        watch(
            new RacedLedger(
                ledger,
                () -> {
                  clock.advance(Duration.ofSeconds(31));
                  other.take();
                }));

    raced.take();

    assertThat(known("scan-1").run(SONAR).status()).isEqualTo(RunStatus.PROVISIONING);
    assertThat(known("scan-1").run(MYSTICAL).status()).isEqualTo(RunStatus.FAILED);
    assertThat(ledger.errors())
        .extracting(ErrorEvent::severity)
        .containsExactly(Severity.ERROR, Severity.WARN);
  }

  @Test
  void aScanThatHasEndedIsNotTouched() throws InterruptedException {
    begin(scan().cancelled(clock.instant()));
    box.move(Requests.named("scan-1"), Map.of());

    watch.take();

    assertThat(known("scan-1").status()).isEqualTo(ScanStatus.CANCELLED);
    assertThat(ledger.errors()).extracting(ErrorEvent::severity).containsExactly(Severity.WARN);
  }

  /** All of it was told when the copy was made. */
  @Test
  void aCopyOfPoisonIsPassedOver() throws InterruptedException {
    box.copy(new MessageId("m-1"), ErrorCode.PROVIDER_UNKNOWN, Requests.named("scan-1"));

    watch.take();

    assertThat(ledger.errors()).isEmpty();
    assertThat(ledger.load(Requests.key("scan-1")).entry()).isEqualTo(new Found.Absent());
  }

  /**
   * A redrive that was killed after it had sent the message and before it had deleted the letter:
   * the scan waits for the message sent, and must not fail for the letter that is left.
   */
  @Test
  void whatIsSettledHarmsNobodyAnyMore() throws InterruptedException {
    MessageId letter = box.move(Requests.named("scan-1"), Map.of());
    ledger.settle(
        letter,
        Optional.empty(),
        ErrorEvent.warn(ErrorCode.INTERNAL, Stage.RECEIVE, Subject.of(letter), "sent again"));
    begin(scan());

    watch.take();

    assertThat(known("scan-1").status()).isEqualTo(ScanStatus.QUEUED);
    assertThat(ledger.errors()).hasSize(1);
  }

  @Test
  void whileTheLedgerIsInDoubtItLooksAgainSoon() throws InterruptedException {
    box.move(Requests.named("scan-1"), Map.of());
    clock.advance(Duration.ofSeconds(1));
    ledger.lose();

    assertThat(watch.take()).isEqualTo(SOON);
    assertThat(ledger.errors()).isEmpty();
    ledger.reconciled();

    assertThat(watch.take()).isEqualTo(PAUSE);
    assertThat(refused("scan-1")).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void itLooksWhenThereAreMoreOrAfterHalfAnHour() throws InterruptedException {
    box.move(Requests.named("scan-1"), Map.of());
    watch.take();
    ledger.lose();
    ledger.reconciled();
    clock.advance(Duration.ofMinutes(29));
    watch.take();
    assertThat(ledger.errors()).isEmpty();

    box.move(Requests.named("scan-2"), Map.of());
    watch.take();
    assertThat(ledger.errors()).hasSize(2);

    ledger.lose();
    ledger.reconciled();
    clock.advance(Duration.ofMinutes(30));
    watch.take();
    assertThat(ledger.errors()).hasSize(2);
  }

  @Test
  void whatCannotBeReadIsToldAndTriedAgain() throws InterruptedException {
    box.move(Requests.named("scan-1"), Map.of());
    box.queue().failNext(1);
    assertThat(watch.take()).isEqualTo(PAUSE);
    assertThat(feed.events())
        .extracting(ErrorEvent::code)
        .containsExactly(ErrorCode.SQS_UNAVAILABLE);

    ledger.failNext(1);
    assertThat(watch.take()).isEqualTo(SOON);
    assertThat(ledger.errors()).isEmpty();

    assertThat(watch.take()).isEqualTo(PAUSE);
    assertThat(ledger.errors()).hasSize(1);
  }

  /** One that a newer version wrote, say. */
  @Test
  void oneScanWithoutAnAnswerHoldsUpNoOtherLetter() throws InterruptedException {
    box.move(Requests.named("scan-1"), Map.of());
    box.move(Requests.named("scan-2"), Map.of());
    ledger.failNext(1);

    assertThat(watch.take()).isEqualTo(SOON);

    assertThat(refused("scan-2")).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void withoutAPlaceForDeadLettersNothingIsWatched() throws InterruptedException {
    InMemoryScanQueue queue =
        new InMemoryScanQueue(clock, Duration.ofSeconds(30), Optional.empty());
    DeadLetterSource none =
        new DeadLetterSource(
            queue,
            Optional.empty(),
            url -> {
              throw new AssertionError("there is no " + url);
            });

    assertThat(new DeadLetterWatch(parts(none, ledger), clock).take()).isEqualTo(PAUSE);
  }

  private DeadLetterWatch watch(ScanLedger with) {
    InMemoryScanQueue queue = new InMemoryScanQueue(clock, Duration.ofSeconds(30), Optional.of(5));
    return new DeadLetterWatch(
        parts(new DeadLetterSource(queue, Optional.empty(), this::open), with), clock);
  }

  private DeadLetterBox open(String url) {
    assertThat(url).isEqualTo("dead-letters");
    return box;
  }

  private DeadLetterWatch.Parts parts(DeadLetterSource source, ScanLedger with) {
    return new DeadLetterWatch.Parts(source, Requests.DECODER, Optional.empty(), with, feed);
  }

  private Scan scan() {
    return Requests.scan("scan-1", clock.instant());
  }

  private void begin(Scan scan) throws InterruptedException {
    ledger.commit(Commit.of(scan, clock.instant()));
  }

  private ErrorCode refused(String id) throws InterruptedException {
    ScanKey key = Requests.key(id);
    assertThat(ledger.load(key).entry()).isInstanceOf(Found.Refused.class);
    return ((Found.Refused) ledger.load(key).entry()).scan().error().code();
  }

  private Scan known(String id) throws InterruptedException {
    return ((Found.Versioned) ledger.load(Requests.key(id)).entry()).scan();
  }
}
