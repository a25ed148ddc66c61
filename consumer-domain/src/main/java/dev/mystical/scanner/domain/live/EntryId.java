package dev.mystical.scanner.domain.live;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in an {@link EntryLog}, as a number of milliseconds and a counter within them. Later
 * entries have greater ones.
 */
public record EntryId(long millis, long counter) implements Comparable<EntryId> {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,19})-([0-9]{1,19})");
  private static final Comparator<EntryId> ORDER =
      Comparator.comparingLong(EntryId::millis).thenComparingLong(EntryId::counter);

  public EntryId {
    if (millis < 0 || counter < 0) {
      throw new IllegalArgumentException("no place in a log: " + millis + ", " + counter);
    }
  }

  /** The place that a text such as {@code 1767323045678-0} names. */
  public static EntryId parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no place in a log: it is two numbers with a hyphen");
    }
    // Nineteen digits may still be too great a number, which is an IllegalArgumentException too.
    return new EntryId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  @Override
  public int compareTo(EntryId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return millis + "-" + counter;
  }
}
