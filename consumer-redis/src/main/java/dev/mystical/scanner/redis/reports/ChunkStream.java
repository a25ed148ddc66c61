package dev.mystical.scanner.redis.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.redis.RedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A report, read chunk by chunk. Every chunk must be of the writing that was there at the start:
 * after a report was lost, somebody may have put another packing of it in its place. Confined to
 * one thread at a time.
 */
final class ChunkStream extends InputStream {
  private static final byte[] WRITING = "writing".getBytes(UTF_8);
  private static final byte[] NONE = {};

  private final RedisConnection redis;
  private final byte[] report;
  private final int chunks;
  private final byte[] writing;
  private byte[] chunk = NONE;
  private int at;
  private int next;
  private boolean closed;

  ChunkStream(RedisConnection redis, String report, int chunks, String writing) {
    this.redis = redis;
    this.report = report.getBytes(UTF_8);
    this.chunks = chunks;
    this.writing = writing.getBytes(UTF_8);
  }

  @Override
  public int read() throws IOException {
    return more() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, buffer, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return chunk.length - at;
  }

  @Override
  public void close() {
    closed = true;
    chunk = NONE;
    at = 0;
  }

  /** Whether a byte is at hand, after a call where there was none. */
  private boolean more() throws IOException {
    if (closed) {
      throw new IOException("the report is closed");
    }
    if (at == chunk.length && next < chunks) {
      chunk = fetched();
      at = 0;
      next++;
    }
    return at < chunk.length;
  }

  private byte[] fetched() throws IOException {
    byte[] field = String.valueOf(next).getBytes(UTF_8);
    try {
      List<byte[]> found = redis.ask(client -> client.hmget(report, field, WRITING));
      if (found.getFirst() == null || !Arrays.equals(found.getLast(), writing)) {
        throw new IOException(
            "the report is gone from its chunk %d of %d on".formatted(next, chunks));
      }
      return found.getFirst();
    } catch (LedgerUnavailable e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      // A stream cannot throw it. Whoever reads finds the flag.
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the report was read");
    }
  }
}
