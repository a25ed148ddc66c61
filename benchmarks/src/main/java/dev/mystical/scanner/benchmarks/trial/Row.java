package dev.mystical.scanner.benchmarks.trial;

import java.util.List;

/** Some figures that are measured together. */
interface Row {
  /** The word by which it is asked for. */
  String name();

  List<Figure> figures();

  /** Adds samples of one round. */
  void round(Places places, Samples samples) throws InterruptedException;

  /** How often it is measured at most; what takes long or counts events is measured once. */
  default int rounds() {
    return Integer.MAX_VALUE;
  }
}
