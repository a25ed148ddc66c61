package dev.mystical.scanner.domain.simulation;

import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.supervise.Looks;
import dev.mystical.scanner.domain.supervise.Sights;
import dev.mystical.scanner.domain.supervise.SuperviseStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a real supervisor does on its threads, cut into turns of one outside call each, so that
 * others can come between any two of them, and a crash too.
 */
final class SuperviseWorker {
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final SuperviseWorld world;
  private final Deque<ProviderId> claimed = new ArrayDeque<>();
  private final Deque<SuperviseStep.StopCall> stops = new ArrayDeque<>();
  private final Map<ProviderId, SuperviseLaunch> launches = new LinkedHashMap<>();
  private Optional<Found.Versioned> known = Optional.empty();
  private Optional<Sights> sights = Optional.empty();
  private Instant awayUntil = Instant.MIN;

  SuperviseWorker(SuperviseWorld world) {
    this.world = world;
  }

  /** Forgets all that is not in the ledger, and begins anew after a while. */
  void crash(Duration away) {
    claimed.clear();
    stops.clear();
    launches.clear();
    known = Optional.empty();
    sights = Optional.empty();
    awayUntil = now().plus(away);
  }

  /** When it has something to do, if ever. */
  Optional<Instant> wakesAt() {
    Optional<Instant> first =
        claimed.isEmpty() && stops.isEmpty() ? world.ledger.nextTimer() : Optional.of(now());
    for (SuperviseLaunch launch : launches.values()) {
      first = first.filter(launch.wakesAt()::isAfter).or(() -> Optional.of(launch.wakesAt()));
    }
    return first.map(at -> at.isBefore(awayUntil) ? awayUntil : at);
  }

  void turn() throws InterruptedException {
    List<SuperviseLaunch> ready =
        launches.values().stream().filter(it -> !it.wakesAt().isAfter(now())).toList();
    boolean idle = claimed.isEmpty() && stops.isEmpty() && !due();
    if (!ready.isEmpty() && (idle || world.random.nextBoolean())) {
      ready.get(world.random.nextInt(ready.size())).turn();
      launches.values().removeIf(SuperviseLaunch::done);
      return;
    }
    try {
      round();
    } catch (LedgerUnavailable away) {
      claimed.clear();
      known = Optional.empty();
      sights = Optional.empty();
      awayUntil = now().plusSeconds(1);
    }
  }

  private boolean due() {
    return world.ledger.nextTimer().filter(at -> !at.isAfter(now())).isPresent();
  }

  private void round() throws InterruptedException {
    if (!stops.isEmpty()) {
      world.stop(stops.remove());
    } else if (claimed.isEmpty()) {
      claimed.addAll(world.ledger.claim(LEASE));
      known = Optional.empty();
    } else if (known.isEmpty()) {
      known = Optional.of(world.ledger.load());
    } else if (sights.isEmpty()) {
      sights = Optional.of(look(known.get(), claimed.element()));
    } else {
      step(known.get(), claimed.remove(), sights.get());
    }
  }

  private Sights look(Found.Versioned at, ProviderId run) throws InterruptedException {
    Looks looks = world.policy.looks(at.scan(), run);
    List<TaskArn> tasks = looks.tasks().stream().map(Looks.Task::arn).toList();
    Map<Integer, List<KnownTask>> found = new HashMap<>();
    for (Attempt attempt : looks.searches()) {
      world.search(run).ifPresent(it -> found.put(attempt.number(), it));
    }
    return new Sights(world.look(tasks), found, world.eventsFlow());
  }

  private void step(Found.Versioned at, ProviderId run, Sights seen) {
    sights = Optional.empty();
    switch (world.policy.step(at.scan(), run, seen, now())) {
      case SuperviseStep.LookAgain(Instant again) -> {
        world.assertLater(again);
        world.ledger.putOff(run, again);
      }
      case SuperviseStep.Relaunch() -> {
        launches.computeIfAbsent(run, it -> new SuperviseLaunch(world, Optional.of(it)));
        world.ledger.putOff(run, now().plus(LEASE));
      }
      case SuperviseStep.Write write -> write(at, run, write);
    }
  }

  private void write(Found.Versioned at, ProviderId run, SuperviseStep.Write write) {
    Commit commit =
        Commit.of(at, write.scan(), now()).looking(run, write.again()).withErrors(write.errors());
    known =
        switch (world.ledger.commit(commit)) {
          case CommitResult.Committed(long version, Instant ignored) -> {
            stops.addAll(write.stops());
            yield Optional.of(new Found.Versioned(write.scan(), version));
          }
          case CommitResult.Stale stale -> {
            world.ledger.putOff(run, now().plusMillis(500));
            yield Optional.empty();
          }
        };
  }

  private Instant now() {
    return world.clock.instant();
  }
}
