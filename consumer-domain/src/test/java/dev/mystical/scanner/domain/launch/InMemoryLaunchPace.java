package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A pace in memory. Every field is guarded by {@code this}. */
public final class InMemoryLaunchPace implements LaunchPace {
  /** A gate that is closed. */
  private record Shut(Instant probeAt, Duration probeEvery) {}

  private final InstantSource clock;
  private final Duration interval;
  private final int burst;
  private final Map<Gate, Shut> shut = new HashMap<>();
  private final List<Instant> places = new ArrayList<>();
  private Instant full = Instant.MIN;
  private int failing;

  public InMemoryLaunchPace(InstantSource clock, int rate, int burst) {
    this.clock = clock;
    this.interval = Duration.ofSeconds(1).dividedBy(rate);
    this.burst = burst;
  }

  /** So many next calls throw. */
  public synchronized void failNext(int calls) {
    failing += calls;
  }

  /** When each admitted call had its place, in the order of admission. */
  public synchronized List<Instant> places() {
    return List.copyOf(places);
  }

  @Override
  public synchronized Admission admit(ProviderId provider) throws InterruptedException {
    begin();
    Instant now = clock.instant();
    List<Gate> closed = Stream.of(Gate.QUOTA, Gate.of(provider)).filter(shut::containsKey).toList();
    for (Gate gate : closed) {
      Instant probeAt = state(gate).probeAt();
      if (probeAt.isAfter(now)) {
        return new Admission.Closed(gate, Duration.between(now, probeAt));
      }
    }
    closed.forEach(gate -> shut(gate, state(gate).probeEvery(), now));
    return closed.isEmpty()
        ? new Admission.Go(place(now))
        : new Admission.Probe(closed, place(now));
  }

  /** A place for a StopTask call, which no gate holds up. */
  public synchronized Admission stop() throws InterruptedException {
    begin();
    return new Admission.Go(place(clock.instant()));
  }

  @Override
  public synchronized boolean close(Gate gate, Duration probeEvery) throws InterruptedException {
    begin();
    boolean open = !shut.containsKey(gate);
    shut(gate, probeEvery, clock.instant());
    return open;
  }

  @Override
  public synchronized boolean open(Gate gate) throws InterruptedException {
    begin();
    return shut.remove(gate) != null;
  }

  private Shut state(Gate gate) {
    Shut state = shut.get(gate);
    if (state == null) {
      throw new IllegalStateException(gate + " is open");
    }
    return state;
  }

  private void shut(Gate gate, Duration probeEvery, Instant now) {
    shut.put(gate, new Shut(now.plus(probeEvery), probeEvery));
  }

  /** Reserves the next place; {@link #full} is when a full burst would be free again. */
  private Duration place(Instant now) {
    full = (full.isAfter(now) ? full : now).plus(interval);
    Instant place = full.minus(interval.multipliedBy(burst));
    places.add(place.isAfter(now) ? place : now);
    return place.isAfter(now) ? Duration.between(now, place) : Duration.ZERO;
  }

  private void begin() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (failing > 0) {
      failing--;
      throw new LedgerUnavailable("failed by the test", new IOException("connection refused"));
    }
  }
}
