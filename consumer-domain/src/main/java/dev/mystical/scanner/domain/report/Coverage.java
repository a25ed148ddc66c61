package dev.mystical.scanner.domain.report;

import java.util.Collection;

/** How much of what was to be looked at was looked at. */
public enum Coverage {
  FULL,
  /** Something is known to be missing. */
  PARTIAL,
  /** Nothing says that anything was looked at. */
  NONE;

  /** That of all parts together: of no parts it is NONE, never FULL. */
  public static Coverage of(Collection<Coverage> parts) {
    if (parts.isEmpty() || parts.stream().allMatch(part -> part == NONE)) {
      return NONE;
    }
    return parts.stream().allMatch(part -> part == FULL) ? FULL : PARTIAL;
  }

  /** The lesser of the two. */
  public Coverage atMost(Coverage other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
