package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.scan.Scan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an answer changes.
 *
 * @param scan the scan to commit; the very one before where nothing changed
 * @param errors what people are told of it, beside the ends of runs
 * @param closing a gate to close
 */
public record LaunchResult(
    Scan scan, Waits waits, List<ErrorEvent> errors, Optional<Closing> closing) {
  public LaunchResult {
    errors = List.copyOf(errors);
  }

  /**
   * A gate that this answer closes.
   *
   * @param news what people are told where it was open until now
   */
  public record Closing(Gate gate, Duration probeEvery, ErrorEvent news) {}

  static LaunchResult of(Scan scan, Waits waits) {
    return new LaunchResult(scan, waits, List.of(), Optional.empty());
  }

  LaunchResult telling(ErrorEvent error) {
    return new LaunchResult(scan, waits, List.of(error), closing);
  }

  LaunchResult closing(Gate gate, Duration probeEvery, ErrorEvent news) {
    return new LaunchResult(scan, waits, errors, Optional.of(new Closing(gate, probeEvery, news)));
  }
}
