package dev.mystical.scanner.redis.progress;

import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.Script;
import dev.mystical.scanner.wire.ProgressDocument;
import dev.mystical.scanner.wire.UnreadableDocument;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board in Redis: a small hash for each scan, with a field for each run. What this version
 * cannot read is left out. Safe for use by many threads; it keeps nothing itself.
 */
public final class RedisProgressBoard implements ProgressBoard {
  private static final Script NOTE = Script.of(RedisProgressBoard.class, "note.lua");
  private static final Duration KEPT = Duration.ofHours(6);
  private static final Logger LOG = LoggerFactory.getLogger(RedisProgressBoard.class);

  private final RedisConnection redis;
  private final RedisKeys keys;

  public RedisProgressBoard(RedisConnection redis, RedisKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  @Override
  public void note(ScanKey scan, ProviderId provider, Progress progress)
      throws InterruptedException {
    redis.run(
        NOTE,
        List.of(keys.progress(scan)),
        List.of(
            provider.value(), ProgressDocument.encode(progress), String.valueOf(KEPT.toMillis())));
  }

  @Override
  public Map<ProviderId, Progress> of(ScanKey scan) throws InterruptedException {
    Map<ProviderId, Progress> said = new HashMap<>();
    redis
        .ask(client -> client.hgetAll(keys.progress(scan)))
        .forEach((provider, document) -> {
          try {
            said.put(new ProviderId(provider), ProgressDocument.decode(document));
          } catch (UnreadableDocument | IllegalArgumentException e) {
            LOG.debug("event=progress-unreadable scanId={} provider={}", scan.id(), provider, e);
          }
        });
    return said;
  }
}
