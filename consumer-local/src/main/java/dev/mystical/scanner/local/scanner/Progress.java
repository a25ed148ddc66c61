package dev.mystical.scanner.local.scanner;

/** Where a scan tells how far it is: one line a step. */
@FunctionalInterface
interface Progress {
  void step(String sentence);
}
