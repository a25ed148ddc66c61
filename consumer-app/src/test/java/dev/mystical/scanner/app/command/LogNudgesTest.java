package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.live.InMemoryEntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait that no nudge ends would outlast the tests. */
@Timeout(20)
class LogNudgesTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final ScanKey KEY = SampleScans.newKey();

  @Test
  void aChangeOfTheScanEndsTheWait() throws InterruptedException {
    ScriptedChanges log = new ScriptedChanges(change("default", KEY.id().value()));
    try (LogNudges nudges = new LogNudges(log, KEY)) {
      nudges.await(LONG);
    }
    log.awaitLeaving();
  }

  @Test
  void withoutALogTheWaitEndsByItself() throws InterruptedException {
    InMemoryEntryLog<StateChange> log = new InMemoryEntryLog<>(InstantSource.system(), 10);
    log.failNext(1);
    try (LogNudges nudges = new LogNudges(log, KEY)) {
      nudges.await(Duration.ofMillis(1));
    }
  }

  private static StateChange change(String tenant, String scan) {
    return new StateChange("dev.mystical.scanner.scan.ended", tenant, scan, "{}");
  }
}
