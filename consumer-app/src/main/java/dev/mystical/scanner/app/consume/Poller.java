package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.Counters.Count;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.Delivery;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.queue.QueueState;
import dev.mystical.scanner.domain.queue.QueueUnavailable;
import dev.mystical.scanner.domain.queue.ScanQueue;
import dev.mystical.scanner.domain.scan.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives messages: a seat first, then a long poll for at most the free seats, then a worker for
 * each message. It asks the queue for its terms before it receives anything, and again after any
 * trouble; it never makes a queue.
 *
 * <p>One thread turns it; a failed turn is thrown to its loop, which backs off.
 */
final class Poller {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  /** Longer than any turn takes while all seats are taken, so that a full house looks alive. */
  private static final Duration SEAT = Duration.ofSeconds(5);

  /** While more messages wait than fit, a full batch is worth this: each receive costs the same. */
  private static final Duration FULL_BATCH = Duration.ofSeconds(1);

  /** An answer cannot have been under way for longer than this without a retry. */
  private static final Duration TRIP = Duration.ofSeconds(1);

  private static final MessageId PROBE = new MessageId("probe");

  /** What the poller works with. */
  record Parts(
      ScanQueue queue,
      InFlight inFlight,
      QueueTerms terms,
      ScanLedger ledger,
      ErrorFeed feed,
      HealthBoard health,
      Counters counters) {}

  private final Parts parts;
  private final Consumer<Delivery> workers;
  private final InstantSource clock;
  private boolean prepared;
  private boolean moreWaiting;

  /** The trouble that people were told of and that has not passed. */
  private Optional<QueueUnavailable.Kind> told = Optional.empty();

  /** Whether the queue tells its terms and yet refuses to be read. */
  private boolean refusesReceives;

  Poller(Parts parts, Consumer<Delivery> workers, InstantSource clock) {
    this.parts = parts;
    this.workers = workers;
    this.clock = clock;
  }

  Duration turn() throws InterruptedException {
    try {
      if (!prepared) {
        prepare();
      }
      if (parts.health().isUnwell(Dependency.REDIS)) {
        // Without the ledger a message could only be held or given back: leave it to the queue.
        parts.ledger().settled(PROBE);
        parts.health().well(Dependency.REDIS);
      }
      int seats =
          parts.inFlight().reserve(ScanQueue.BATCH, SEAT, moreWaiting ? FULL_BATCH : Duration.ZERO);
      if (seats > 0) {
        receive(seats);
      }
      return Duration.ZERO;
    } catch (QueueUnavailable away) {
      prepared = false;
      queueAway(away);
      throw away;
    } catch (LedgerUnavailable away) {
      ledgerAway(String.valueOf(away.getMessage()));
      throw away;
    }
  }

  private void prepare() throws InterruptedException {
    QueueState state = parts.queue().inspect();
    if (!state.visibility().isPositive()) {
      String message = "the queue's VisibilityTimeout is 0: a message cannot be held";
      throw new QueueUnavailable(
          QueueUnavailable.Kind.CONFIGURATION, message, new IllegalStateException(message));
    }
    parts.terms().told(state);
    prepared = true;
    if (!refusesReceives) {
      passed();
    }
    LOG.info(
        "event=queue-ready visibility={} maxReceives={} deadLetters={}",
        state.visibility(),
        state.maxReceives().map(String::valueOf).orElse("none"),
        state.deadLetterQueue().orElse("none"));
  }

  private void receive(int seats) throws InterruptedException {
    int used = 0;
    try {
      Instant asked = clock.instant();
      List<Delivery> deliveries = parts.queue().receive(seats);
      // A message is hidden from the moment that the queue answers, some of a round trip ago.
      Instant answered = clock.instant();
      Instant left = answered.minus(trip());
      Instant hidden = left.isAfter(asked) ? left : asked;
      for (Delivery delivery : deliveries) {
        used += seat(delivery, hidden);
      }
      moreWaiting = deliveries.size() == seats;
      refusesReceives = false;
      passed();
    } catch (QueueUnavailable away) {
      refusesReceives = away.kind() == QueueUnavailable.Kind.CONFIGURATION;
      throw away;
    } finally {
      parts.inFlight().giveBackSeats(seats - used);
    }
  }

  /** A short lease would be over before it began if a whole second were taken off. */
  private Duration trip() {
    Duration share = parts.terms().lease().visibility().dividedBy(4);
    return share.compareTo(TRIP) < 0 ? share : TRIP;
  }

  private int seat(Delivery delivery, Instant hidden) {
    parts.counters().add(Count.MESSAGES_RECEIVED);
    if (parts.inFlight().take(delivery, parts.terms().lease(), hidden)) {
      workers.accept(delivery);
      return 1;
    }
    parts.counters().add(Count.MESSAGES_REPEATED);
    LOG.info("event=repeated-in-flight messageId={}", delivery.id());
    return 0;
  }

  /** With no message in work nobody else would tell it; the feed holds its repeats back. */
  private void ledgerAway(String detail) throws InterruptedException {
    parts.health().unwell(Dependency.REDIS, detail);
    parts
        .feed()
        .publish(
            ErrorEvent.error(ErrorCode.REDIS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, detail));
  }

  private void passed() {
    told = Optional.empty();
    parts.health().well(Dependency.SQS);
  }

  /** The health has each try's answer; people are told when the trouble begins or changes. */
  private void queueAway(QueueUnavailable away) throws InterruptedException {
    String message = String.valueOf(away.getMessage());
    parts.health().unwell(Dependency.SQS, message);
    if (told.filter(away.kind()::equals).isPresent()) {
      return;
    }
    told = Optional.of(away.kind());
    parts
        .feed()
        .publish(
            switch (away.kind()) {
              case PASSING ->
                  ErrorEvent.warn(
                      ErrorCode.SQS_UNAVAILABLE, Stage.RECEIVE, Subject.SYSTEM, message);
              case CONFIGURATION ->
                  ErrorEvent.error(ErrorCode.SQS_CONFIG, Stage.RECEIVE, Subject.SYSTEM, message);
            });
  }
}
