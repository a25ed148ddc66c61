package dev.mystical.scanner.domain.check;

/** What a check of the surroundings has found, told to a person who can mend it. */
public sealed interface Finding {
  /** What was looked at, in a word or two. */
  String name();

  /** What was found, in one sentence. */
  String sentence();

  /** As it should be. */
  record Ok(String name, String sentence) implements Finding {}

  /** Scans will work, but not as well as they should. */
  record Warning(String name, String sentence) implements Finding {}

  /** Scans will not work. */
  record Failure(String name, String sentence) implements Finding {}
}
