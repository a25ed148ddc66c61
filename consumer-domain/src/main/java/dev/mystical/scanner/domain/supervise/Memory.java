package dev.mystical.scanner.domain.supervise;

import java.util.Optional;

/** How much memory a task should have that had too little. */
final class Memory {
  private static final int GIB = 1024;

  private Memory() {}

  static String advice(Optional<Integer> mebibytes) {
    return mebibytes
        .filter(it -> it > 0 && it <= Integer.MAX_VALUE / 2)
        .map(it ->
            "out of memory: its container had %d MiB; give its task definition %d MiB"
                .formatted(it, more(it)))
        .orElse("out of memory: give its task definition more");
  }

  /**
   * Double, as a size that Fargate has ("Task CPU and memory"): 512 MiB, each GiB up to 30, each
   * fourth up to 60, each eighth up to 120. The sizes above exist on instances of one's own alone.
   */
  static int more(int mebibytes) {
    int twice = 2 * mebibytes;
    if (twice <= GIB / 2) {
      return GIB / 2;
    }
    if (twice <= 30 * GIB) {
      return up(twice, GIB);
    }
    if (twice <= 60 * GIB) {
      return up(twice, 4 * GIB);
    }
    return twice <= 120 * GIB ? up(twice, 8 * GIB) : twice;
  }

  private static int up(int mebibytes, int step) {
    return (mebibytes + step - 1) / step * step;
  }
}
