package dev.mystical.scanner.stand.ecs;

/**
 * How the way of events goes wrong: EventBridge delivers at least once, in no order, and can drop.
 * Each number n concerns every n-th event; 0 is never.
 *
 * @param duplicateEvery this one is delivered twice
 * @param dropEvery this one is not delivered
 * @param swapEvery this one is delivered after the one that follows it
 */
public record EventDisorder(int duplicateEvery, int dropEvery, int swapEvery) {

  public EventDisorder {
    if (duplicateEvery < 0 || dropEvery < 0 || swapEvery < 0) {
      throw new IllegalArgumentException("a number of EventDisorder is negative");
    }
  }

  public static EventDisorder none() {
    return new EventDisorder(0, 0, 0);
  }
}
