package dev.mystical.scanner.benchmarks.trial;

/** Who is measured. */
enum Contender {
  OURS("ours"),
  BARE("bare loop"),
  NODE("Node.js");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
