package dev.mystical.scanner.app.health;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the services that this process needs. Safe for use by many threads. */
public final class HealthBoard {
  private static final Logger LOG = LoggerFactory.getLogger(HealthBoard.class);

  private static final String NOT_ASKED = "not asked yet";

  /** A service. */
  public enum Dependency {
    SQS,
    ECS,
    REDIS
  }

  /**
   * How a service is.
   *
   * @param since when it became so
   * @param detail what it said, when it is not well
   */
  public record Condition(boolean well, Instant since, String detail) {}

  private final Map<Dependency, Condition> conditions = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  public HealthBoard(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts a service as not well until it has shown that it is. */
  public void expect(Dependency dependency) {
    change(dependency, new Condition(false, clock.instant(), NOT_ASKED));
  }

  /** Counts a service as well until somebody has come to ask it. */
  public void assume(Dependency dependency) {
    change(dependency, new Condition(true, clock.instant(), NOT_ASKED));
  }

  public void well(Dependency dependency) {
    if (change(dependency, new Condition(true, clock.instant(), ""))) {
      LOG.info("event=dependency-well dependency={}", dependency);
    }
  }

  /** Answers whether this is news. */
  public boolean unwell(Dependency dependency, String detail) {
    boolean news = change(dependency, new Condition(false, clock.instant(), detail));
    if (news) {
      LOG.warn("event=dependency-unwell dependency={} reason=\"{}\"", dependency, detail);
    }
    return news;
  }

  private synchronized boolean change(Dependency dependency, Condition now) {
    Condition before = conditions.get(dependency);
    if (before != null && before.well() == now.well()) {
      conditions.put(dependency, new Condition(now.well(), before.since(), now.detail()));
      return false;
    }
    conditions.put(dependency, now);
    return true;
  }

  public boolean isUnwell(Dependency dependency) {
    Condition condition = conditions.get(dependency);
    return condition != null && !condition.well();
  }

  public Map<Dependency, Condition> conditions() {
    return Map.copyOf(conditions);
  }
}
