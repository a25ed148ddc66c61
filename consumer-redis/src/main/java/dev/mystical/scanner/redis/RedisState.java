package dev.mystical.scanner.redis;

import java.time.Instant;

/** Whether Redis answers, as the last calls saw it. */
public sealed interface RedisState {
  Instant since();

  /** It answers, or was not asked yet. */
  record Answering(Instant since) implements RedisState {}

  /**
   * It does not answer, or refuses to work.
   *
   * @param why without secrets
   */
  record Away(Instant since, String why) implements RedisState {}
}
