package dev.mystical.scanner.app.supervise;

import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.domain.feed.ErrorFeed;
import dev.mystical.scanner.domain.launch.TaskReader;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.supervise.CallPace;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.domain.supervise.Supervision;
import dev.mystical.scanner.domain.supervise.TaskWatcher;

/** What supervision needs: the policy, the ports, and where it tells what it met. */
public record Tending(Supervision policy, Ports ports, Told told) {
  /** Where runs are kept and found, and ECS. */
  public record Ports(
      ScanLedger ledger, RunTimers timers, TaskWatcher watcher, TaskReader reader, CallPace pace) {}

  /** Where it tells what it did and met. */
  public record Told(ErrorFeed feed, HealthBoard health, Counters counters) {}
}
