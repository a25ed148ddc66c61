package dev.mystical.scanner.app.health;

import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.settings.Settings.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a process needs of the outside, which its roles decide.
 *
 * @param named all that it works with
 * @param essential that without which it is not ready. Whoever serves the API can take requests as
 *     long as SQS takes them: neither Redis nor ECS is needed for that, and a process that also
 *     consumes or supervises goes on with those by itself when they are back
 * @param unasked what none of its loops would find out about
 */
public record Needs(Set<Dependency> named, Set<Dependency> essential, Set<Dependency> unasked) {
  public Needs {
    named = Set.copyOf(named);
    essential = Set.copyOf(essential);
    unasked = Set.copyOf(unasked);
  }

  public static Needs of(Set<Role> roles) {
    boolean serves = roles.contains(Role.API);
    boolean consumes = roles.contains(Role.CONSUMER);
    boolean works = consumes || roles.contains(Role.SUPERVISOR);
    Set<Dependency> named = EnumSet.of(Dependency.REDIS);
    Set<Dependency> unasked = EnumSet.noneOf(Dependency.class);
    if (serves || consumes) {
      named.add(Dependency.SQS);
    }
    if (works) {
      named.add(Dependency.ECS);
    } else {
      unasked.add(Dependency.REDIS);
    }
    if (serves && !consumes) {
      unasked.add(Dependency.SQS);
    }
    return new Needs(named, serves ? Set.of(Dependency.SQS) : named, unasked);
  }

  /** Puts them on the board, so that each is named from the start. */
  public void announce(HealthBoard board) {
    for (Dependency dependency : named) {
      switch (dependency) {
        case SQS, REDIS -> board.expect(dependency);
        // Asked when there is something to launch or to follow, and not before.
        case ECS -> board.assume(dependency);
      }
    }
  }
}
