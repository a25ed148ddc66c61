package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.live.Streamed;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A log whose entries come as soon as somebody follows it, and then no more. */
final class ScriptedChanges implements EntryLog<StateChange> {
  private final List<StateChange> changes;
  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);

  ScriptedChanges(StateChange... changes) {
    this.changes = List.of(changes);
  }

  /** Waits until whoever followed it does so no more. */
  void awaitLeaving() throws InterruptedException {
    left.await();
  }

  @Override
  public String end() {
    return "7-0";
  }

  @Override
  public void follow(String after, Consumer<Streamed<StateChange>> reader)
      throws InterruptedException {
    if (!after.equals(end())) {
      throw new IllegalArgumentException("only what comes, not " + after);
    }
    try {
      changes.forEach(change -> reader.accept(new Streamed<>("8-0", change)));
      never.await();
    } finally {
      left.countDown();
    }
  }

  @Override
  public List<Streamed<StateChange>> newest(int count) {
    throw new AssertionError("nobody reads what was");
  }

  @Override
  public List<Streamed<StateChange>> before(String id, int count) {
    throw new AssertionError("nobody reads what was");
  }

  @Override
  public List<Streamed<StateChange>> after(String id, int count) {
    throw new AssertionError("nobody reads what was");
  }

  @Override
  public List<Streamed<StateChange>> since(Instant time, int count) {
    throw new AssertionError("nobody reads what was");
  }
}
