package dev.mystical.scanner.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.Admission;
import dev.mystical.scanner.domain.launch.Gate;
import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.LaunchOutcome;
import dev.mystical.scanner.domain.launch.LaunchResult;
import dev.mystical.scanner.domain.launch.LaunchStep;
import dev.mystical.scanner.domain.launch.TasksUnavailable;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.launch.Waits;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a real worker does on its thread, cut into turns of one outside call each, so that others
 * can come between any two of them.
 */
final class LaunchWorker {
  private final LaunchWorld world;
  private Optional<Found.Versioned> known = Optional.empty();
  private Waits waits = Waits.NONE;

  /** A call that has its place in the pace. */
  private record Admitted(LaunchStep.Launch call, List<Gate> probed) {}

  private Optional<Admitted> admitted = Optional.empty();
  private Optional<Scan> toWrite = Optional.empty();
  private Instant wakesAt = Instant.MIN;
  private boolean done;

  LaunchWorker(LaunchWorld world) {
    this.world = world;
  }

  boolean done() {
    return done;
  }

  Instant wakesAt() {
    return wakesAt;
  }

  /** Forgets all that is not in the ledger, and begins anew after a while. */
  void crash(Duration away) {
    known = Optional.empty();
    waits = Waits.NONE;
    admitted = Optional.empty();
    toWrite = Optional.empty();
    wakesAt = now().plus(away);
  }

  void turn() throws InterruptedException {
    try {
      if (known.isEmpty()) {
        known = Optional.of((Found.Versioned) world.ledger.load(world.key).entry());
      } else if (toWrite.isPresent()) {
        write(known.get(), toWrite.get());
      } else if (admitted.isPresent()) {
        Admitted call = admitted.get();
        admitted = Optional.empty();
        launch(known.get().scan(), call);
      } else {
        step(known.get().scan());
      }
    } catch (LedgerUnavailable e) {
      known = Optional.empty();
      toWrite = Optional.empty();
      wakesAt = now().plusSeconds(1);
    }
  }

  private void step(Scan scan) throws InterruptedException {
    switch (world.policy.next(scan, waits, now())) {
      case LaunchStep.Settled ignored -> done = true;
      case LaunchStep.Write write -> toWrite = Optional.of(write.scan());
      case LaunchStep.Find find -> find(scan, find);
      case LaunchStep.Launch launch -> admit(scan, launch);
      case LaunchStep.LaterAt(Instant moment) -> {
        assertThat(moment).as("when to go on").isAfter(now());
        wakesAt = moment;
      }
    }
  }

  private void find(Scan scan, LaunchStep.Find find) throws InterruptedException {
    world.beforeSearch();
    try {
      List<KnownTask> tasks =
          world.ecs.startedBy(
              find.attempt().spec().cluster(), "scan/" + scan.key().id() + "/" + find.provider());
      apply(scan, world.answers.found(scan, find.provider(), tasks, waits, now()));
    } catch (TasksUnavailable e) {
      Trouble trouble = Trouble.of(String.valueOf(e.getMessage()));
      apply(
          scan, world.answers.notFound(scan, find.provider(), trouble, waits, now(), world.random));
    }
  }

  private void admit(Scan scan, LaunchStep.Launch launch) throws InterruptedException {
    switch (world.pace.admit(launch.provider())) {
      case Admission.Go(Duration in) -> {
        admitted = Optional.of(new Admitted(launch, List.of()));
        wakesAt = now().plus(in);
      }
      case Admission.Probe(List<Gate> gates, Duration in) -> {
        admitted = Optional.of(new Admitted(launch, gates));
        wakesAt = now().plus(in);
      }
      case Admission.Later later ->
          apply(scan, world.answers.later(scan, launch.provider(), later, waits, now()));
      case Admission.Closed closed ->
          apply(scan, world.answers.closed(scan, launch.provider(), closed, waits, now()));
    }
  }

  private void launch(Scan scan, Admitted call) throws InterruptedException {
    LaunchOutcome outcome = world.launch(call.call().request());
    LaunchResult result =
        world.answers.after(scan, call.call().provider(), outcome, waits, now(), world.random);
    for (Gate gate : call.probed()) {
      if (world.answers.opens(gate, outcome)) {
        world.pace.open(gate);
      }
    }
    if (result.closing().isPresent()) {
      LaunchResult.Closing closing = result.closing().get();
      world.pace.close(closing.gate(), closing.probeEvery());
    }
    apply(scan, result);
  }

  private void apply(Scan before, LaunchResult result) {
    waits = result.waits();
    if (!result.scan().equals(before)) {
      toWrite =
          Optional.of(LaunchStep.written(result.scan(), at -> world.policy.next(at, waits, now())));
    }
  }

  private void write(Found.Versioned before, Scan after) throws InterruptedException {
    toWrite = Optional.empty();
    world.writing(after);
    known =
        switch (world.ledger.commit(Commit.of(before, after, now()))) {
          case CommitResult.Committed(long version, Instant ignored) ->
              Optional.of(new Found.Versioned(after, version));
          case CommitResult.Stale stale -> Optional.empty();
        };
  }

  private Instant now() {
    return world.clock.instant();
  }
}
