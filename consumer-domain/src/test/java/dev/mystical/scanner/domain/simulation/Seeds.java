package dev.mystical.scanner.domain.simulation;

import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Runs a property with many seeds and names the seed that broke it. The seeds are the same on every
 * run, unless {@code -Dseeds=fresh}; {@code -Dseeds=<number>} repeats that one alone.
 */
public final class Seeds {
  private static final String CHOICE = System.getProperty("seeds", "fixed");

  private Seeds() {}

  /** Something that holds for every seed. */
  @FunctionalInterface
  public interface Property {
    void check(RandomGenerator random) throws Exception;
  }

  /** The same, of a property that wants to know its seed. */
  @FunctionalInterface
  public interface SeededProperty {
    void check(long seed, RandomGenerator random) throws Exception;
  }

  public static void check(int times, Property property) {
    check(times, (seed, random) -> property.check(random));
  }

  public static void check(int times, SeededProperty property) {
    if (CHOICE.matches("-?\\d+")) {
      checkOne(Long.parseLong(CHOICE), property);
      return;
    }
    long base = CHOICE.equals("fresh") ? System.nanoTime() : 0;
    for (int i = 0; i < times; i++) {
      checkOne(base + i, property);
    }
  }

  private static void checkOne(long seed, SeededProperty property) {
    try {
      property.check(seed, new Random(seed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted at seed " + seed, e);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed %d (repeat with -Dseeds=%d): %s".formatted(seed, seed, e), e);
    }
  }
}
