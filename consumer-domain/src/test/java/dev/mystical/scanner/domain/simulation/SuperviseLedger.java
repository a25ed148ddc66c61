package dev.mystical.scanner.domain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Run;
import dev.mystical.scanner.domain.scan.Scan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The ledger and the timers of one scan. It fails as chance wants while it may, and holds every
 * commit against what must never happen.
 */
final class SuperviseLedger {
  private final MovableClock clock;
  private final RandomGenerator random;
  private final Map<String, Instant> timers = new TreeMap<>();
  private final List<ErrorEvent> errors = new ArrayList<>();
  private Scan scan;
  private long version = 1;
  private int faultPercent;

  SuperviseLedger(MovableClock clock, RandomGenerator random, Scan scan) {
    this.clock = clock;
    this.random = random;
    this.scan = scan;
    apply(Commit.of(scan, clock.instant()));
  }

  void failing(int percent) {
    faultPercent = percent;
  }

  Scan scan() {
    return scan;
  }

  List<ErrorEvent> errors() {
    return errors;
  }

  boolean watching() {
    return !timers.isEmpty();
  }

  Optional<Instant> nextTimer() {
    return timers.isEmpty() ? Optional.empty() : Optional.of(Collections.min(timers.values()));
  }

  Found.Versioned load() {
    fail();
    return new Found.Versioned(scan, version);
  }

  CommitResult commit(Commit commit) {
    fail();
    CommitResult result = written(commit);
    fail();
    return result;
  }

  List<ProviderId> claim(Duration lease) {
    fail();
    Instant now = clock.instant();
    List<ProviderId> due =
        scan.runs().stream()
            .map(Run::provider)
            .filter(run -> timers.containsKey(run.value()))
            .filter(run -> !timers.getOrDefault(run.value(), now).isAfter(now))
            .toList();
    due.forEach(run -> timers.put(run.value(), now.plus(lease)));
    return due;
  }

  void putOff(ProviderId run, Instant at) {
    fail();
    timers.computeIfPresent(run.value(), (ignored, before) -> at);
  }

  /** A task event came in. */
  void hurry() {
    timers.replaceAll((run, at) -> clock.instant());
  }

  private void fail() {
    if (random.nextInt(200) < faultPercent) {
      throw new LedgerUnavailable("failed by chance", new IOException("connection reset"));
    }
  }

  private CommitResult written(Commit commit) {
    if (!commit.expectedVersion().equals(Optional.of(version))) {
      return new CommitResult.Stale(new Found(new Found.Versioned(scan, version), clock.instant()));
    }
    version++;
    check(scan, commit.scan());
    scan = commit.scan();
    apply(commit);
    return new CommitResult.Committed(version, clock.instant());
  }

  private void apply(Commit commit) {
    commit
        .timers()
        .forEach((run, due) ->
            due.ifPresentOrElse(
                at -> timers.put(run.value(), at), () -> timers.remove(run.value())));
    errors.addAll(commit.errors());
    for (Run run : scan.runs()) {
      if (timers.containsKey(run.provider().value()) != run.watched()) {
        throw new AssertionError("timers " + timers.keySet() + " for " + run);
      }
    }
  }

  private void check(Scan before, Scan after) {
    boolean retried = after.series() == before.series() + 1;
    assertThat(after.series() == before.series() || retried).isTrue();
    if (before.status().ended() && !retried) {
      assertThat(after.status()).as("I1: the end of the scan").isEqualTo(before.status());
      assertThat(after.endedAt()).isEqualTo(before.endedAt());
    }
    for (Run run : before.runs()) {
      Run next = after.run(run.provider());
      if (run.status().ended() && !retried) {
        assertThat(next.status()).as("I1: the end of %s", run.provider()).isEqualTo(run.status());
        assertThat(next.error()).isEqualTo(run.error());
      }
      if (run.status().launched() && !next.status().launched()) {
        checkInTime(before, run.attempts().getLast());
      }
      assertThat(next.attempts()).hasSizeGreaterThanOrEqualTo(run.attempts().size());
      for (int i = 0; i < run.attempts().size(); i++) {
        check(run.attempts().get(i), next.attempts().get(i));
      }
    }
  }

  /** L1: no attempt is waited for past its time, and what doubt and crashes may add. */
  private void checkInTime(Scan before, Attempt attempt) {
    Duration longest = before.request().timeout().orElse(SuperviseWorld.LIMITS.run());
    Instant deadline =
        attempt.course().runningAt().map(at -> at.plus(longest)).orElse(attempt.spec().deadline());
    Instant calm = MovableClock.START.plus(SuperviseWorld.FAULTS_LAST);
    Instant latest = (deadline.isAfter(calm) ? deadline : calm).plus(SuperviseWorld.SLACK);
    assertThat(clock.instant()).as("the end of %s", attempt).isBefore(latest);
  }

  private static void check(Attempt before, Attempt after) {
    assertThat(after.number()).isEqualTo(before.number());
    if (before.task().isPresent()) {
      assertThat(after.task()).as("the task of an attempt").isEqualTo(before.task());
    }
    if (before.course().stop().isPresent()) {
      assertThat(after.course().stop().map(stop -> stop.reason()))
          .as("a wish to stop, once written")
          .isEqualTo(before.course().stop().map(stop -> stop.reason()));
    }
    if (before.over()) {
      assertThat(after.over()).as("what is over").isTrue();
    }
  }
}
