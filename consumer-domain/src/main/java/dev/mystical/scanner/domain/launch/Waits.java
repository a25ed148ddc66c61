package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one replica remembers of its own tries while it works on a scan's launches. Losing it costs
 * a try, never a task: all that matters is in the ledger.
 */
public record Waits(Map<ProviderId, Wait> byProvider) {
  public static final Waits NONE = new Waits(Map.of());

  private static final Wait FRESH = new Wait(Instant.MIN, 0, Optional.empty());

  /**
   * One run's wait.
   *
   * @param until when to go on
   * @param tries how often in a row it was tried in vain
   * @param lookedFor the attempt for whose task ECS was searched, with no call since. Another
   *     worker may have moved the run on in between, so the search says nothing about other
   *     placements.
   */
  public record Wait(Instant until, int tries, Optional<Attempt> lookedFor) {
    boolean lookedFor(Attempt attempt) {
      return lookedFor.filter(attempt::equals).isPresent();
    }
  }

  public Waits {
    byProvider = Map.copyOf(byProvider);
  }

  Wait of(ProviderId provider) {
    return byProvider.getOrDefault(provider, FRESH);
  }

  /** After a call that may have been carried out: what was searched before says nothing now. */
  Waits unanswered(ProviderId provider, Instant until) {
    return with(provider, new Wait(until, of(provider).tries() + 1, Optional.empty()));
  }

  /** After a call that was not carried out. */
  Waits again(ProviderId provider, Instant until) {
    Wait before = of(provider);
    return with(provider, new Wait(until, before.tries() + 1, before.lookedFor()));
  }

  /** While nothing may be called. */
  Waits hold(ProviderId provider, Instant until) {
    Wait before = of(provider);
    return with(provider, new Wait(until, before.tries(), before.lookedFor()));
  }

  /** With a new placement, after so many refusals. */
  Waits nextPlacement(ProviderId provider, int tries, Instant until) {
    return with(provider, new Wait(until, tries, Optional.empty()));
  }

  Waits lookedFor(ProviderId provider, Attempt attempt) {
    Wait before = of(provider);
    return with(provider, new Wait(before.until(), before.tries(), Optional.of(attempt)));
  }

  private Waits with(ProviderId provider, Wait wait) {
    Map<ProviderId, Wait> next = new HashMap<>(byProvider);
    next.put(provider, wait);
    return new Waits(next);
  }
}
