package dev.mystical.scanner.domain.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScanEndTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** How one run ended, and whether its scan needs it. */
  private record End(RunStatus status, boolean required) {}

  @Test
  void everyWayToEndIsThatOfTheContract() {
    List<List<End>> all = combinations(3);
    assertThat(all).hasSize(8 + 64 + 512);
    for (List<End> ends : all) {
      assertThat(ended(ends).status()).as("%s", ends).isEqualTo(contract(ends));
    }
  }

  @Test
  void theOrderOfTheRunsDoesNotMatter() {
    for (List<End> ends : combinations(3)) {
      assertThat(ended(ends.reversed()).status()).isEqualTo(ended(ends).status());
    }
  }

  @Test
  void anEndedScanTellsAnErrorUnlessItSucceeded() {
    for (List<End> ends : combinations(3)) {
      Scan scan = ended(ends);
      assertThat(scan.error().isPresent())
          .as("%s", ends)
          .isEqualTo(scan.status() != ScanStatus.SUCCEEDED);
      assertThat(scan.endedAt()).contains(NOW);
    }
  }

  @Test
  void anEndedScanNeverChanges() {
    for (List<End> ends : combinations(2)) {
      Scan scan = ended(ends);
      assertThatThrownBy(() -> scan.with(provider(0), run -> run, NOW))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void anEndedRunNeverChanges() {
    for (RunStatus end : ends()) {
      Run run = Run.pending(RequestedProvider.of(provider(0))).ended(end, Optional.empty(), NOW);
      Attempt attempt = SampleScans.attempt(NOW);
      assertThatThrownBy(() -> run.launching(attempt)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> run.launched(new TaskArn("t"), NOW))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> run.blocked(NOW)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> run.ended(RunStatus.FAILED, Optional.empty(), NOW))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aRunEndsInATerminalStateAlone() {
    Run run = Run.pending(RequestedProvider.of(provider(0)));
    for (RunStatus status : RunStatus.values()) {
      if (!ends().contains(status)) {
        assertThatThrownBy(() -> run.ended(status, Optional.empty(), NOW))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void theErrorIsThatOfARequiredRunWhereOneFailed() {
    Scan scan =
        ended(List.of(new End(RunStatus.FAILED, false), new End(RunStatus.TIMED_OUT, true)));

    assertThat(scan.error()).map(ScanError::message).contains("run 1 TIMED_OUT");
  }

  /** The sentences of the contract, section 4, one after the other. */
  private static ScanStatus contract(List<End> ends) {
    boolean cancelled = false;
    boolean allSucceeded = true;
    boolean allRequiredSucceeded = true;
    boolean everyMissedRequiredTimedOut = true;
    for (End end : ends) {
      boolean succeeded = end.status() == RunStatus.SUCCEEDED;
      cancelled |= end.status() == RunStatus.CANCELLED;
      allSucceeded &= succeeded;
      allRequiredSucceeded &= succeeded || !end.required();
      everyMissedRequiredTimedOut &=
          succeeded || !end.required() || end.status() == RunStatus.TIMED_OUT;
    }
    if (cancelled) {
      return ScanStatus.CANCELLED;
    }
    if (allSucceeded) {
      return ScanStatus.SUCCEEDED;
    }
    if (allRequiredSucceeded) {
      return ScanStatus.PARTIAL;
    }
    return everyMissedRequiredTimedOut ? ScanStatus.TIMED_OUT : ScanStatus.FAILED;
  }

  private static Scan ended(List<End> ends) {
    List<RequestedProvider> providers = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      providers.add(new RequestedProvider(provider(i), new TreeMap<>(), ends.get(i).required()));
    }
    ScanRequest plain = SampleScans.plain(SampleScans.SONAR);
    ScanRequest request =
        new ScanRequest(
            plain.project(),
            plain.target(),
            providers,
            plain.failOn(),
            plain.timeout(),
            plain.callback(),
            plain.tags());
    Scan scan = SampleScans.queued(SampleScans.newKey(), request, NOW);
    for (int i = 0; i < ends.size(); i++) {
      assertThat(scan.status().ended()).isFalse();
      RunStatus end = ends.get(i).status();
      Optional<ScanError> why =
          end == RunStatus.SUCCEEDED
              ? Optional.empty()
              : Optional.of(
                  new ScanError(ErrorCode.TASK_FAILED, "run %d %s".formatted(i, end), false));
      scan = scan.with(provider(i), run -> run.ended(end, why, NOW), NOW);
    }
    return scan;
  }

  private static List<List<End>> combinations(int most) {
    List<List<End>> all = new ArrayList<>();
    List<List<End>> shorter = List.of(List.of());
    for (int length = 1; length <= most; length++) {
      List<List<End>> longer = new ArrayList<>();
      for (List<End> start : shorter) {
        for (RunStatus status : ends()) {
          for (boolean required : new boolean[] {true, false}) {
            List<End> next = new ArrayList<>(start);
            next.add(new End(status, required));
            longer.add(next);
          }
        }
      }
      all.addAll(longer);
      shorter = longer;
    }
    return all;
  }

  private static List<RunStatus> ends() {
    return List.of(RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.TIMED_OUT, RunStatus.CANCELLED);
  }

  private static ProviderId provider(int index) {
    return new ProviderId("provider-" + index);
  }
}
