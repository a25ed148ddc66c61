package dev.mystical.scanner.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.launch.KnownTask;
import dev.mystical.scanner.domain.launch.LaunchResult;
import dev.mystical.scanner.domain.launch.LaunchStep;
import dev.mystical.scanner.domain.launch.Trouble;
import dev.mystical.scanner.domain.launch.Waits;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What launches runs on a thread of its own, through their message or for a supervisor, cut into
 * turns of one outside call each.
 */
final class SuperviseLaunch {
  private final SuperviseWorld world;
  private final Optional<ProviderId> run;
  private Optional<Found.Versioned> known = Optional.empty();
  private Optional<Scan> toWrite = Optional.empty();
  private Optional<LaunchStep.Launch> toCall = Optional.empty();
  private Waits waits = Waits.NONE;
  private Instant wakesAt = Instant.MIN;
  private boolean done;

  /**
   * @param run that a supervisor launches; empty where a message launches all
   */
  SuperviseLaunch(SuperviseWorld world, Optional<ProviderId> run) {
    this.world = world;
    this.run = run;
  }

  boolean done() {
    return done;
  }

  Instant wakesAt() {
    return wakesAt;
  }

  void turn() throws InterruptedException {
    try {
      if (known.isEmpty()) {
        known = Optional.of(world.ledger.load());
        if (run.isPresent()) {
          world.ledger.putOff(run.get(), now().plusSeconds(60));
        }
      } else if (toWrite.isPresent()) {
        write(known.get(), toWrite.get());
      } else if (toCall.isPresent()) {
        LaunchStep.Launch call = toCall.get();
        toCall = Optional.empty();
        apply(
            known.get().scan(),
            world.answers.after(
                known.get().scan(),
                call.provider(),
                world.launch(call.request()),
                waits,
                now(),
                world.random));
      } else {
        step(known.get().scan());
      }
    } catch (LedgerUnavailable away) {
      known = Optional.empty();
      toWrite = Optional.empty();
      toCall = Optional.empty();
      wakesAt = now().plusSeconds(1);
    }
  }

  private void step(Scan scan) throws InterruptedException {
    switch (next(scan)) {
      case LaunchStep.Settled ignored -> done = true;
      case LaunchStep.Write write -> toWrite = Optional.of(write.scan());
      case LaunchStep.Find find -> find(scan, find);
      case LaunchStep.Launch launch -> toCall = Optional.of(launch);
      case LaunchStep.LaterAt(Instant moment) -> {
        assertThat(moment).as("when to go on").isAfter(now());
        // Never long on what was known: a person may have cancelled meanwhile.
        known = Optional.empty();
        Instant soon = now().plusSeconds(20);
        wakesAt = moment.isBefore(soon) ? moment : soon;
      }
    }
  }

  private LaunchStep next(Scan scan) {
    return run.isPresent()
        ? world.launches.relaunch(scan, run.get(), waits, now())
        : world.launches.next(scan, waits, now());
  }

  private void find(Scan scan, LaunchStep.Find find) throws InterruptedException {
    Optional<List<KnownTask>> found = world.search(find.provider());
    apply(
        scan,
        found.isPresent()
            ? world.answers.found(scan, find.provider(), found.get(), waits, now())
            : world.answers.notFound(
                scan, find.provider(), Trouble.of("no answer"), waits, now(), world.random));
  }

  private void apply(Scan before, LaunchResult result) {
    waits = result.waits();
    if (!result.scan().equals(before)) {
      toWrite = Optional.of(LaunchStep.written(result.scan(), this::next));
    }
  }

  private void write(Found.Versioned before, Scan after) {
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
