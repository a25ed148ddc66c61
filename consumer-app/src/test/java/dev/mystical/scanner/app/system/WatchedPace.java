package dev.mystical.scanner.app.system;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.launch.LaunchPace;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A pace that counts what it lets through. Safe for use by many threads. */
final class WatchedPace implements LaunchPace {
  private final LaunchPace pace;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();

  WatchedPace(LaunchPace pace) {
    this.pace = pace;
  }

  /** Calls let through while no gate was closed. */
  int calls() {
    return calls.get();
  }

  /** Calls let through to try a closed gate. */
  int probes() {
    return probes.get();
  }

  @Override
  public Admission admit(ProviderId provider) throws InterruptedException {
    Admission admission = pace.admit(provider);
    switch (admission) {
      case Admission.Go go -> calls.incrementAndGet();
      case Admission.Probe probe -> probes.incrementAndGet();
      case Admission.Later later -> {}
      case Admission.Closed closed -> {}
    }
    return admission;
  }

  @Override
  public boolean close(Gate gate, Duration probeEvery) throws InterruptedException {
    return pace.close(gate, probeEvery);
  }

  @Override
  public boolean open(Gate gate) throws InterruptedException {
    return pace.open(gate);
  }
}
