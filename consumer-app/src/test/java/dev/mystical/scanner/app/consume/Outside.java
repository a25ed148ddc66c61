package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.launch.InMemoryEcs;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.LaunchPace;
import dev.mystical.scanner.domain.launch.TaskLauncher;
import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.launch.TaskRequest;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Redis and ECS as one row of calls, so that a test can let something happen right before or right
 * after any one of them. Used by one thread.
 */
final class Outside implements ScanLedger, LaunchPace, TaskLauncher, TaskReader {
  /** What happens at a call. */
  @FunctionalInterface
  interface Event {
    void happen() throws InterruptedException;
  }

  /** The service of the call is away. */
  private static final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @FunctionalInterface
  private interface Call<T> {
    T make() throws InterruptedException;
  }

  private final InMemoryScanLedger ledger;
  private final InMemoryLaunchPace pace;
  private final InMemoryEcs ecs;
  private final List<String> calls = new ArrayList<>();
  private final Queue<Admission> admissions = new ArrayDeque<>();
  private int eventAt;
  private Event before = () -> {};
  private Event after = () -> {};
  private boolean readOnly;

  Outside(InMemoryScanLedger ledger, InMemoryLaunchPace pace, InMemoryEcs ecs) {
    this.ledger = ledger;
    this.pace = pace;
    this.ecs = ecs;
  }

  /** The call of that number, counted from 1, is not carried out. */
  void failCall(int number) {
    before(number, Outside::away);
  }

  /** The call of that number is carried out, but its answer is lost. */
  void loseAnswer(int number) {
    eventAt = number;
    before = () -> {};
    after = Outside::away;
  }

  void before(int number, Event event) {
    eventAt = number;
    before = event;
    after = () -> {};
  }

  /** The next call of RunTask is admitted so. */
  void admitNext(Admission admission) {
    admissions.add(admission);
  }

  /** From now on the ledger reads but does not write, as a Redis that is full. */
  void readOnly(boolean value) {
    readOnly = value;
  }

  /** The names of all calls so far. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public Found load(ScanKey key) throws InterruptedException {
    return redis("load", () -> ledger.load(key));
  }

  @Override
  public CommitResult commit(Commit commit) throws InterruptedException {
    return redis("commit", () -> writable().commit(commit));
  }

  @Override
  public Map<ScanKey, Found> loadAll(Collection<ScanKey> keys) throws InterruptedException {
    return redis("loadAll", () -> ledger.loadAll(keys));
  }

  @Override
  public boolean reopen(ScanKey key) throws InterruptedException {
    return redis("reopen", () -> writable().reopen(key));
  }

  @Override
  public boolean settled(MessageId message) throws InterruptedException {
    return redis("settled", () -> ledger.settled(message));
  }

  @Override
  public void settle(MessageId message, Optional<RefusedScan> scan, ErrorEvent why)
      throws InterruptedException {
    redis(
        "settle",
        () -> {
          writable().settle(message, scan, why);
          return true;
        });
  }

  @Override
  public Admission admit(ProviderId provider) throws InterruptedException {
    return redis(
        "admit",
        () -> {
          Admission scripted = admissions.poll();
          return scripted == null ? pace.admit(provider) : scripted;
        });
  }

  @Override
  public boolean close(Gate gate, Duration probeEvery) throws InterruptedException {
    return redis("close", () -> pace.close(gate, probeEvery));
  }

  @Override
  public boolean open(Gate gate) throws InterruptedException {
    return redis("open", () -> pace.open(gate));
  }

  @Override
  public LaunchOutcome launch(TaskRequest request) throws InterruptedException {
    try {
      return call("launch", () -> ecs.launch(request));
    } catch (Away away) {
      return new LaunchOutcome.NoAnswer(Trouble.of("connection reset"));
    }
  }

  @Override
  public List<KnownTask> startedBy(String cluster, String startedBy) throws InterruptedException {
    return reading("startedBy", () -> ecs.startedBy(cluster, startedBy));
  }

  @Override
  public List<KnownTask> describe(String cluster, List<TaskArn> tasks) throws InterruptedException {
    return reading("describe", () -> ecs.describe(cluster, tasks));
  }

  private InMemoryScanLedger writable() {
    if (readOnly) {
      throw new Away();
    }
    return ledger;
  }

  private <T> T redis(String name, Call<T> call) throws InterruptedException {
    try {
      return call(name, call);
    } catch (Away away) {
      throw new LedgerUnavailable("away by the test", new IOException("connection reset", away));
    }
  }

  private <T> T reading(String name, Call<T> call) throws InterruptedException {
    try {
      return call(name, call);
    } catch (Away away) {
      throw new TasksUnavailable("away by the test", new IOException("connection reset", away));
    }
  }

  private <T> T call(String name, Call<T> call) throws InterruptedException {
    calls.add(name);
    boolean now = calls.size() == eventAt;
    if (now) {
      before.happen();
    }
    T answer = call.make();
    if (now) {
      after.happen();
    }
    return answer;
  }

  private static void away() {
    throw new Away();
  }
}
