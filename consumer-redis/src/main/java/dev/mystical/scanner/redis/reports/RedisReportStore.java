package dev.mystical.scanner.redis.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.collect.ReportsUnavailable;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.redis.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reports in Redis, each a hash of chunks. A report is written under a name of its own, which goes
 * by itself when its writer dies, and gets its true name, in one step, when all of it is there.
 * Safe for use by many threads; a call holds one chunk.
 */
public final class RedisReportStore implements ReportStore {
  private static final Script KEEP = Script.of(RedisReportStore.class, "whole.lua", "keep.lua");
  private static final Script APPEND = Script.of(RedisReportStore.class, "append.lua");
  private static final Script PUBLISH =
      Script.of(RedisReportStore.class, "whole.lua", "publish.lua");

  /** Small enough for Redis to keep serving others, and for many uploads at once in our memory. */
  static final int CHUNK = 256 * 1024;

  /** The longest wait for more of a report that is being written. */
  private static final Duration UPLOAD_KEPT = Duration.ofMinutes(15);

  private final RedisConnection redis;
  private final RedisKeys keys;
  private final Duration kept;

  /**
   * A store.
   *
   * @param kept for how long a report is kept, from the last put or keep on
   */
  public RedisReportStore(RedisConnection redis, RedisKeys keys, Duration kept) {
    if (!kept.isPositive()) {
      throw new IllegalArgumentException("kept " + kept);
    }
    this.redis = redis;
    this.keys = keys;
    this.kept = kept;
  }

  @Override
  public void put(ReportKey key, InputStream packed) throws IOException, InterruptedException {
    if (keep(key)) {
      // It cannot go before the stream ends, and would stay as it is.
      packed.transferTo(OutputStream.nullOutputStream());
      return;
    }
    String writing = UUID.randomUUID().toString();
    String upload = keys.upload(writing);
    try {
      write(key, packed, writing, upload);
    } catch (IOException | RuntimeException e) {
      discard(upload, e);
      throw e;
    }
  }

  private void write(ReportKey key, InputStream packed, String writing, String upload)
      throws IOException, InterruptedException {
    byte[] chunk = new byte[CHUNK];
    int chunks = 0;
    for (int read = packed.readNBytes(chunk, 0, CHUNK);
        read > 0;
        read = packed.readNBytes(chunk, 0, CHUNK)) {
      byte[] bytes = read == CHUNK ? chunk : Arrays.copyOf(chunk, read);
      run(APPEND, List.of(upload), List.of(text(chunks), bytes, millis(UPLOAD_KEPT)));
      chunks++;
    }
    boolean published =
        run(
            PUBLISH,
            List.of(upload, keys.report(key)),
            List.of(text(chunks), writing.getBytes(UTF_8), millis(kept)));
    if (!published) {
      IOException why = new IOException("some of the report is gone before all of it was written");
      throw new ReportsUnavailable("Redis has lost data", why);
    }
  }

  /** So that it need not wait for its time. Where Redis is away, it does. */
  private void discard(String upload, Exception why) throws InterruptedException {
    try {
      redis.ask(client -> client.del(upload));
    } catch (LedgerUnavailable away) {
      why.addSuppressed(away);
    }
  }

  @Override
  public Optional<InputStream> open(ReportKey key) throws InterruptedException {
    String report = keys.report(key);
    try {
      List<String> found = redis.ask(client -> client.hmget(report, "chunks", "writing"));
      Optional<String> chunks = Optional.ofNullable(found.getFirst());
      Optional<String> writing = Optional.ofNullable(found.getLast());
      return chunks.flatMap(
          count -> writing.map(it -> new ChunkStream(redis, report, Integer.parseInt(count), it)));
    } catch (LedgerUnavailable e) {
      throw unavailable(e);
    }
  }

  @Override
  public boolean keep(ReportKey key) throws InterruptedException {
    return run(KEEP, List.of(keys.report(key)), List.of(millis(kept)));
  }

  private boolean run(Script script, List<String> touched, List<byte[]> arguments)
      throws InterruptedException {
    try {
      return redis.runOnBytes(script, touched, arguments).getFirst().equals(1L);
    } catch (LedgerUnavailable e) {
      throw unavailable(e);
    }
  }

  private static ReportsUnavailable unavailable(LedgerUnavailable e) {
    return new ReportsUnavailable(String.valueOf(e.getMessage()), e);
  }

  private static byte[] millis(Duration time) {
    return text(time.toMillis());
  }

  private static byte[] text(long number) {
    return String.valueOf(number).getBytes(UTF_8);
  }
}
