package dev.mystical.scanner.domain.launch;

import java.time.Duration;
import java.util.List;

/** Whether a RunTask call may be made now. */
public sealed interface Admission {
  /** A place in the shared pace is reserved: call after so long. */
  record Go(Duration in) implements Admission {}

  /** These gates are closed, and this call is the one that tries them: call after so long. */
  record Probe(List<Gate> gates, Duration in) implements Admission {
    public Probe {
      gates = List.copyOf(gates);
    }
  }

  /** So many calls are reserved already that no more are taken: ask again after so long. */
  record Later(Duration again) implements Admission {}

  /** A gate is closed and it is not time to try it: ask again after so long. */
  record Closed(Gate gate, Duration again) implements Admission {}
}
