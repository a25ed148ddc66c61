package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.loop.Loop;
import dev.mystical.scanner.app.loop.Stopping;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.intake.RequestDecoder;
import dev.mystical.scanner.domain.launch.LaunchPace;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.TaskLauncher;
import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.DeadLetters;
import dev.mystical.scanner.domain.queue.ScanQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes scan requests from the queue and launches their runs: a poller, a worker a message, a
 * keeper of leases and a deleter, around one table of held messages.
 */
public final class Consumer {
  private static final Logger LOG = LoggerFactory.getLogger(Consumer.class);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(40);
  private static final Duration LONGEST_CALLS = Duration.ofSeconds(60);

  /**
   * What goes in and out on the queue's side.
   *
   * @param deadLetters makes the place for poison, given the queue that the redrive policy names
   * @param key verifies signed messages
   */
  public record Queueing(
      ScanQueue queue,
      Function<Optional<String>, DeadLetters> deadLetters,
      RequestDecoder decoder,
      Optional<TokenKey> key) {}

  /** What launches need. */
  public record Launching(
      LaunchPolicy policy, TaskLauncher launcher, TaskReader reader, LaunchPace pace) {}

  /** What is written, told and counted. */
  public record Records(ScanLedger ledger, ErrorFeed feed, HealthBoard health, Counters counters) {}

  /** Time and chance, both safe for use by many threads; the clock is a monotonic one. */
  public record Surroundings(InstantSource clock, RandomGenerator random) {}

  private final InFlight inFlight;
  private final Stopping stopping = new Stopping();
  private final Workers workers;
  private final LeaseKeeper leaseKeeper;
  private final Deleter deleter;
  private final Loop poller;
  private final Loop keeper;
  private final Loop deletes;
  private final InstantSource clock;

  public Consumer(
      int seats,
      Queueing queueing,
      Launching launching,
      Records records,
      Surroundings surroundings) {
    this.clock = surroundings.clock();
    RandomGenerator random = surroundings.random();
    Counters counters = records.counters();
    QueueTerms terms = new QueueTerms(queueing.deadLetters());
    LedgerTime time = new LedgerTime(clock);
    this.inFlight = new InFlight(seats, this::messageChanged);
    this.deleter = new Deleter(queueing.queue(), inFlight, clock, random, counters);
    this.leaseKeeper = new LeaseKeeper(queueing.queue(), inFlight, terms, clock, counters);
    LaunchWork launches = new LaunchWork(launchParts(launching, records), time, random);
    MessageWork work = new MessageWork(workParts(queueing, terms, records, launches), time, random);
    this.workers =
        new Workers(
            work,
            new Workers.Custodians(inFlight, deleter),
            records.feed(),
            stopping,
            clock,
            counters);
    Poller receiver =
        new Poller(
            new Poller.Parts(
                queueing.queue(),
                inFlight,
                terms,
                records.ledger(),
                records.feed(),
                records.health(),
                counters),
            workers::accept,
            clock);
    this.poller = new Loop("poller", receiver::turn, LONGEST_POLL, clock, random);
    this.keeper = new Loop("keeper", leaseKeeper::turn, LONGEST_CALLS, clock, random);
    this.deletes = new Loop("deleter", deleter::turn, LONGEST_CALLS, clock, random);
  }

  public void start() {
    keeper.start();
    deletes.start();
    poller.start();
  }

  public List<Loop> loops() {
    return List.of(poller, keeper, deletes);
  }

  public int inFlight() {
    return inFlight.taken();
  }

  public int seats() {
    return inFlight.total();
  }

  /**
   * Stops receiving, hands over what waits, lets what runs end, deletes what is finished, gives
   * back the rest. Takes no longer than {@code grace}, by much.
   */
  public void stop(Duration grace) throws InterruptedException {
    Instant deadline = clock.instant().plus(grace);
    stopping.ask();
    if (!poller.stop(Duration.ofSeconds(5))) {
      LOG.error("event=poller-stuck");
    }
    Duration flushes = Duration.ofSeconds(5);
    workers.stop(atLeastNone(Duration.between(clock.instant(), deadline).minus(flushes)));
    // From here on this thread alone turns deleter and keeper: their last turns must not be cut
    // off.
    for (Loop loop : List.of(deletes, keeper)) {
      if (!loop.stop(Duration.ofSeconds(6))) {
        LOG.error("event=loop-stuck loop={}", loop.name());
      }
    }
    flush(() -> deleter.flush(deadline));
    flush(() -> leaseKeeper.flush(deadline));
    LOG.info("event=consumer-stopped messageIds={}", inFlight.ids());
  }

  private interface Flush {
    void run() throws InterruptedException;
  }

  private static void flush(Flush last) throws InterruptedException {
    try {
      last.run();
    } catch (RuntimeException failure) {
      LOG.warn("event=flush-failed", failure);
    }
  }

  private void messageChanged() {
    deletes.wake();
    keeper.wake();
  }

  private static Duration atLeastNone(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static LaunchWork.Parts launchParts(Launching launching, Records records) {
    return new LaunchWork.Parts(
        launching.policy(),
        records.ledger(),
        launching.launcher(),
        launching.reader(),
        launching.pace(),
        records.feed(),
        records.health());
  }

  private static MessageWork.Parts workParts(
      Queueing queueing, QueueTerms terms, Records records, LaunchWork launches) {
    return new MessageWork.Parts(
        queueing.decoder(),
        queueing.key(),
        terms,
        records.ledger(),
        launches,
        records.feed(),
        records.health());
  }
}
