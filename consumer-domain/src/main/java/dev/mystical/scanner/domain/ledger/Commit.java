package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskArn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that one step of a scan changes: all of it is written, or nothing. What follows from
 * the difference of two scans (events, timers, outbox, the errors of ended runs) is derived here
 * and nowhere else, so that no step can forget it.
 *
 * @param expectedVersion the version that must still stand; empty where no such scan may exist
 * @param asked for a scan that must not have begun, since when it may have: nothing is written
 *     where the ledger may have lost scans of that time, see {@link Found#doubtfulBefore}
 * @param timers for each run whose timer changes, when it is due; empty takes the timer away
 * @param tasks for each task that became known, whose it is; empty for one that is over
 * @param errors what goes to the error feed together with this change
 */
public record Commit(
    Scan scan,
    Optional<Long> expectedVersion,
    Optional<Instant> asked,
    Map<ProviderId, Optional<Instant>> timers,
    Map<TaskArn, Optional<ProviderId>> tasks,
    List<ScanEvent> events,
    List<OutboxEntry> outbox,
    List<ErrorEvent> errors) {
  public Commit {
    timers = Map.copyOf(timers);
    tasks = Map.copyOf(tasks);
    events = List.copyOf(events);
    outbox = List.copyOf(outbox);
    errors = List.copyOf(errors);
  }

  /** The first commit of a scan that no ledger has. */
  public static Commit of(Scan scan, Instant now) {
    return new Commit(
        scan,
        Optional.empty(),
        Optional.empty(),
        Changes.timers(Optional.empty(), scan, now),
        Changes.tasks(Optional.empty(), scan),
        Changes.events(Optional.empty(), scan, now),
        Changes.outbox(Optional.empty(), scan, now),
        List.of());
  }

  /**
   * The first commit of a scan that was asked for at a time, and has come as far as {@code after}
   * already; others are told of both states.
   */
  public static Commit of(Scan queued, Scan after, Instant asked, Instant now) {
    Optional<Scan> earlier = Optional.of(queued);
    return new Commit(
        after,
        Optional.empty(),
        Optional.of(asked),
        Changes.timers(Optional.empty(), after, now),
        Changes.tasks(Optional.empty(), after),
        Stream.concat(
                Changes.events(Optional.empty(), queued, now).stream(),
                Changes.events(earlier, after, now).stream())
            .toList(),
        Changes.outbox(earlier, after, now),
        Changes.errors(queued, after));
  }

  /** The commit of the next state of a scan. */
  public static Commit of(Found.Versioned before, Scan after, Instant now) {
    Optional<Scan> earlier = Optional.of(before.scan());
    return new Commit(
        after,
        Optional.of(before.version()),
        Optional.empty(),
        Changes.timers(earlier, after, now),
        Changes.tasks(earlier, after),
        Changes.events(earlier, after, now),
        Changes.outbox(earlier, after, now),
        Changes.errors(before.scan(), after));
  }

  /** With another time for the next look at a run; nothing for a run that is no longer watched. */
  public Commit looking(ProviderId provider, Instant again) {
    if (!scan.run(provider).watched()) {
      return this;
    }
    Map<ProviderId, Optional<Instant>> next = new HashMap<>(timers);
    next.put(provider, Optional.of(again));
    return new Commit(scan, expectedVersion, asked, next, tasks, events, outbox, errors);
  }

  public Commit withErrors(List<ErrorEvent> more) {
    return new Commit(
        scan,
        expectedVersion,
        asked,
        timers,
        tasks,
        events,
        outbox,
        Stream.concat(errors.stream(), more.stream()).toList());
  }
}
