package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import java.util.List;
import java.util.Optional;

/**
 * Where tasks run.
 *
 * @param placements tried in this order, the next when one has no capacity
 * @param apiUrl where containers report to, if they can
 */
public record Site(
    String cluster, List<Placement> placements, Network network, Optional<String> apiUrl) {
  public Site {
    placements = List.copyOf(placements);
    if (placements.isEmpty()) {
      throw new IllegalArgumentException("placements must not be empty");
    }
  }

  Placement first() {
    return placements.getFirst();
  }

  /** The place to try after that one; the first again after the last. */
  Placement after(Placement placement) {
    return placements.get((placements.indexOf(placement) + 1) % placements.size());
  }
}
