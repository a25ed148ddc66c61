package dev.mystical.scanner.stand.ecs;

import java.util.Map;
import java.util.Set;

/**
 * A fate for the next tasks that meet it, over whatever the containers would do otherwise.
 *
 * @param match conditions, all to be met: startedBy, family, container, capacityProvider (else the
 *     launch type); a value that ends with {@code *} is a beginning. Without a container it
 *     concerns the first essential one
 * @param times how many tasks; 0 is until it is taken away
 * @param fate what becomes of them
 */
public record FateRule(Map<String, String> match, int times, Fate fate) {

  private static final Set<String> CONDITIONS =
      Set.of("startedBy", "family", "container", "capacityProvider");

  public FateRule {
    match = Map.copyOf(match);
    if (times < 0) {
      throw new IllegalArgumentException("times is negative");
    }
    if (!CONDITIONS.containsAll(match.keySet())) {
      throw new IllegalArgumentException("match knows " + CONDITIONS + ", not " + match.keySet());
    }
  }

  /** For the next task alone. */
  public static FateRule next(Fate fate) {
    return new FateRule(Map.of(), 1, fate);
  }

  /** For every task. */
  public static FateRule always(Fate fate) {
    return new FateRule(Map.of(), 0, fate);
  }

  boolean meets(ContainerSpec spec, Placement place, boolean firstEssential) {
    String container = match.getOrDefault("container", "");
    return (container.isEmpty() ? firstEssential : Faults.fits(container, spec.name()))
        && Faults.fits(match.getOrDefault("capacityProvider", "*"), place.market())
        && Faults.fits(match.getOrDefault("startedBy", "*"), spec.startedBy())
        && Faults.fits(match.getOrDefault("family", "*"), spec.family());
  }
}
