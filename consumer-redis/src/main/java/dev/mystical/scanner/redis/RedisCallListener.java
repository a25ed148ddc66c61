package dev.mystical.scanner.redis;

import java.time.Duration;

/** Is told of each call of Redis when it has ended, by the thread that made it. */
@FunctionalInterface
public interface RedisCallListener {
  /**
   * Must not block.
   *
   * @param answered whether Redis did what it was asked for
   */
  void ended(boolean answered, Duration took);
}
