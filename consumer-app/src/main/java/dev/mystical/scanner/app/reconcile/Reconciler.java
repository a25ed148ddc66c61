package dev.mystical.scanner.app.reconcile;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.reconcile.ReconcileTurns;
import dev.mystical.scanner.domain.reconcile.ReconcileTurns.Turn;
import dev.mystical.scanner.domain.reconcile.Reconciliation;
import dev.mystical.scanner.domain.retry.Backoff;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.supervise.CallPace;
import dev.mystical.scanner.domain.supervise.TaskSweep;
import dev.mystical.scanner.domain.supervise.TaskWatcher;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Makes the ledger agree with the tasks that there are: now and then, and at once after it has lost
 * its data. Until that is done, messages that may be known to the lost ledger wait.
 *
 * <p>After a loss the cluster is gone through twice, with a pause between: ECS shows a task some
 * seconds after it has accepted it, and one that was launched right before the loss would be
 * launched again by its message.
 */
public final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  /** The pause before the second look; a task shows within some seconds. */
  public static final Duration SECOND_LOOK = Duration.ofSeconds(10);

  /** What a turn may take at the longest: two sweeps through thousands of tasks, at ECS' pace. */
  public static final Duration LONGEST_TURN = Duration.ofMinutes(30);

  private static final Duration GLANCE = Duration.ofSeconds(2);
  private static final Duration DENIED = Duration.ofSeconds(30);
  private static final Backoff AWAY = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30));

  /** The policy, and the ports that it needs. */
  public record Parts(
      Reconciliation policy,
      ReconcileTurns turns,
      TaskSweep sweep,
      TaskWatcher watcher,
      CallPace pace,
      ScanLedger ledger,
      ErrorFeed feed,
      HealthBoard health) {}

  private final Parts parts;
  private final Duration secondLook;
  private final Pause pause;
  private final RandomGenerator random;
  private boolean seenWhole;
  private boolean denied;
  private int failures;

  /**
   * @param secondLook how long after the first sweep the second one begins
   */
  public Reconciler(Parts parts, Duration secondLook, Pause pause, RandomGenerator random) {
    this.parts = parts;
    this.secondLook = secondLook;
    this.pause = pause;
    this.random = random;
  }

  /** Does what is to be done now; fit as a loop's turn. */
  public Duration turn() throws InterruptedException {
    try {
      return taken();
    } catch (LedgerUnavailable away) {
      // There is nothing to be compared with until it is back. Where no message is in work, nobody
      // else would notice that it is away.
      parts.health().unwell(Dependency.REDIS, String.valueOf(away.getMessage()));
      LOG.debug("event=reconcile-put-off reason=\"{}\"", away.getMessage());
      return GLANCE;
    } catch (Places.TurnLost lost) {
      LOG.info("event=reconcile-given-up reason=\"{}\"", lost.getMessage());
      return GLANCE;
    }
  }

  private Duration taken() throws InterruptedException {
    Turn turn = parts.turns().ask();
    seenWhole |= turn == Turn.REST || turn == Turn.ROUTINE;
    if (turn == Turn.REST || turn == Turn.OTHERS) {
      return GLANCE;
    }
    try {
      reconcile(turn);
      return GLANCE;
    } catch (TasksUnavailable away) {
      Duration wait = away.denied() ? denied(away) : away(away);
      // What ECS denies to this replica it may allow to another one.
      parts.turns().giveUp();
      return wait;
    } catch (InterruptedException stop) {
      giveUpAtStop();
      throw stop;
    }
  }

  /** Messages in doubt would wait for the end of the lease, and with them whoever comes next. */
  private void giveUpAtStop() throws InterruptedException {
    try {
      parts.turns().giveUp();
    } catch (LedgerUnavailable away) {
      LOG.debug("event=reconcile-turn-kept reason=\"{}\"", away.getMessage());
    }
  }

  private void reconcile(Turn turn) throws InterruptedException {
    Places places = new Places(parts.pace(), parts.turns(), pause);
    Tally tally = new Sweep(parts, places, random).run();
    if (turn == Turn.REBORN && (seenWhole || tally.tasks() > 0)) {
      places.rest(secondLook);
      tally = tally.plus(new Sweep(parts, places, random).run());
    }
    answered();
    if (!parts.turns().finished()) {
      throw new Places.TurnLost();
    }
    tell(turn, tally);
    seenWhole = true;
  }

  private void tell(Turn turn, Tally tally) throws InterruptedException {
    if (turn == Turn.REBORN || tally.eventful()) {
      log(LOG.atInfo(), turn, tally);
    } else {
      log(LOG.atDebug(), turn, tally);
    }
    if (turn == Turn.REBORN && (seenWhole || tally.rebuilt() > 0)) {
      String message =
          "Redis had lost its data; %d scans were rebuilt from their tasks, %d tasks were stopped"
              .formatted(tally.rebuilt(), tally.stopped());
      parts
          .feed()
          .publish(
              ErrorEvent.warn(
                  ErrorCode.REDIS_UNAVAILABLE, Stage.SUPERVISE, Subject.SYSTEM, message));
    }
  }

  private static void log(LoggingEventBuilder line, Turn turn, Tally tally) {
    line.log(
        "event=reconciled turn={} tasks={} rebuilt={} noted={} stopped={} left={}",
        turn,
        tally.tasks(),
        tally.rebuilt(),
        tally.noted(),
        tally.stopped(),
        tally.left());
  }

  private void answered() {
    if (failures > 0 || denied) {
      parts.health().well(Dependency.ECS);
    }
    failures = 0;
    denied = false;
  }

  private Duration denied(TasksUnavailable refusal) throws InterruptedException {
    String message = String.valueOf(refusal.getMessage());
    parts.health().unwell(Dependency.ECS, message);
    if (!denied) {
      denied = true;
      String told = "tasks cannot be listed, and lost scans not be rebuilt: " + message;
      parts
          .feed()
          .publish(ErrorEvent.error(ErrorCode.ECS_CONFIG, Stage.SUPERVISE, Subject.SYSTEM, told));
    }
    return DENIED;
  }

  private Duration away(TasksUnavailable away) throws InterruptedException {
    String message = String.valueOf(away.getMessage());
    parts.health().unwell(Dependency.ECS, message);
    parts
        .feed()
        .publish(
            ErrorEvent.warn(ErrorCode.ECS_UNAVAILABLE, Stage.SUPERVISE, Subject.SYSTEM, message));
    return AWAY.delay(failures++, random);
  }
}
