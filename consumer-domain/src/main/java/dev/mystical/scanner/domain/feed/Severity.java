package dev.mystical.scanner.domain.feed;

/** How much it matters. */
public enum Severity {
  /** Heals by itself. */
  WARN,
  /** A scan did not get what it was to get, or a person should look. */
  ERROR,
  /** The process cannot go on. */
  FATAL
}
