package dev.mystical.scanner.domain.supervise;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.InMemoryLaunchPace;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.time.InstantSource;

/** A pace in memory, with stops among the places of a pace of launches. */
public final class InMemoryCallPace implements CallPace {
  private static final ProviderId ANY = new ProviderId("any");

  private final InMemoryLaunchPace launches;
  private final InMemoryLaunchPace reads;

  public InMemoryCallPace(InMemoryLaunchPace launches, InstantSource clock) {
    this.launches = launches;
    this.reads = new InMemoryLaunchPace(clock, 5, 5);
  }

  /** So many next reads throw. */
  public void failNextReads(int calls) {
    reads.failNext(calls);
  }

  @Override
  public Admission read() throws InterruptedException {
    return reads.admit(ANY);
  }

  @Override
  public Admission stop() throws InterruptedException {
    return launches.stop();
  }
}
