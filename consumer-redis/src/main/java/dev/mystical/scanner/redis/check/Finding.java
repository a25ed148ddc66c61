package dev.mystical.scanner.redis.check;

/** One thing that was looked at, in a sentence for people. */
public sealed interface Finding {
  String sentence();

  /** It is as it should be. */
  record Fine(String sentence) implements Finding {}

  /** It works, but something about it should be changed. */
  record Warning(String sentence) implements Finding {}

  /** It does not work. */
  record Failure(String sentence) implements Finding {}
}
