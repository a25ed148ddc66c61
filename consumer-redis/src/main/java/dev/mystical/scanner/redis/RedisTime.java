package dev.mystical.scanner.redis;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as scripts tell and take them. Redis counts microseconds. */
public final class RedisTime {
  private RedisTime() {}

  /** A time that a script tells, in microseconds. */
  public static Instant ofMicros(String micros) {
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }

  /** A time as scripts take it, in microseconds. */
  public static String micros(Instant moment) {
    return String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
  }

  /** When something is due, in whole milliseconds: never before the moment itself. */
  public static String due(Instant moment) {
    Instant whole = moment.truncatedTo(ChronoUnit.MILLIS);
    return String.valueOf((whole.equals(moment) ? whole : whole.plusMillis(1)).toEpochMilli());
  }

  /** Milliseconds with their fraction, as exact as Redis knows the time. */
  public static String exact(Instant moment) {
    return BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, moment), 3).toPlainString();
  }
}
