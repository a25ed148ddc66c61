package dev.mystical.scanner.redis;

/** Is told each change of whether Redis answers, once, by the thread that saw it. */
@FunctionalInterface
public interface RedisListener {
  /** Must not block, and must not ask the same connection. */
  void changed(RedisState state);
}
