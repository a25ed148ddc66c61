package dev.mystical.scanner.domain.supervise;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Scans of one run each, at some point of their lives, for the contract of {@link RunTimers}. */
public abstract class TimedScans {
  TimedScans() {}

  /** The timers under test, of {@link #ledger}; none at the start of each test. */
  protected abstract RunTimers timers() throws InterruptedException;

  /** The ledger whose commits set the timers; the same store at every call within a test. */
  protected abstract ScanLedger ledger() throws InterruptedException;

  /** Lets that time pass for the timers, really or by their clock. */
  protected abstract void elapse(Duration time) throws InterruptedException;

  /** Lets the ledger lose a scan, and nothing else. */
  protected abstract void lose(ScanKey scan) throws InterruptedException;

  /** A scan of one run that was launched so long ago, and is due since then. */
  RunRef launched(Duration ago) throws InterruptedException {
    RunRef run = new RunRef(SampleScans.newKey(), SONAR);
    launch(run, now().minus(ago));
    return run;
  }

  Instant launchedAt(Instant at) throws InterruptedException {
    launch(new RunRef(SampleScans.newKey(), SONAR), at);
    return at;
  }

  private void launch(RunRef run, Instant at) throws InterruptedException {
    Scan queued = SampleScans.queued(run.scan(), SampleScans.plain(SONAR), at);
    commit(Commit.of(SampleScans.launched(queued, SONAR, task(run), at), at));
  }

  /** A scan of one run that was queued so long ago. */
  RunRef waiting(Duration ago) throws InterruptedException {
    ScanKey key = SampleScans.newKey();
    begin(key, ago);
    return new RunRef(key, SONAR);
  }

  void begin(ScanKey key, Duration ago) throws InterruptedException {
    Instant at = now().minus(ago);
    commit(Commit.of(SampleScans.queued(key, SampleScans.plain(SONAR), at), at));
  }

  void move(RunRef run, UnaryOperator<Scan> move) throws InterruptedException {
    Found found = ledger().load(run.scan());
    Found.Versioned before = (Found.Versioned) found.entry();
    commit(Commit.of(before, move.apply(before.scan()), found.now()));
  }

  private void commit(Commit commit) throws InterruptedException {
    assertThat(ledger().commit(commit)).isInstanceOf(CommitResult.Committed.class);
  }

  static Scan over(Scan scan, Instant now) {
    Scan stopped = scan.noting(SONAR, 1, it -> it.ended(TaskEnd.unseen(now)));
    return SampleScans.failed(stopped, SONAR, ErrorCode.TASK_LOST, now);
  }

  Instant now() throws InterruptedException {
    return ledger().load(SampleScans.newKey()).now();
  }

  static TaskArn task(RunRef run) {
    return new TaskArn("arn:aws:ecs:eu-west-1:1:task/scans/" + run.scan().id());
  }
}
