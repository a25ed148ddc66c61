package dev.mystical.scanner.app.log;

import java.util.Comparator;
import java.util.List;

/** The process's own secrets, to be taken out of whatever is written. Immutable. */
final class Secrets {
  /** A shorter word would be taken out of half the log. */
  private static final int SHORTEST = 6;

  private final List<String> secrets;

  Secrets(List<String> secrets) {
    this.secrets =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .distinct()
            // The longest first: a shorter one within it would leave its rest to be read.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  String outOf(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return clean;
  }
}
