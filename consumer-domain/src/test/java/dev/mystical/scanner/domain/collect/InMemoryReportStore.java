package dev.mystical.scanner.domain.collect;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A store in memory that can be told to fail, to lose reports, and to break off while one is read.
 * Every field is guarded by {@code this}.
 */
public final class InMemoryReportStore implements ReportStore {
  private final InstantSource clock;
  private final Duration kept;
  private final Map<ReportKey, byte[]> reports = new HashMap<>();
  private final Map<ReportKey, Instant> until = new HashMap<>();
  private final Map<ReportKey, Integer> broken = new HashMap<>();
  private int failing;

  public InMemoryReportStore(InstantSource clock, Duration kept) {
    this.clock = clock;
    this.kept = kept;
  }

  /** So many next calls throw, and do nothing. */
  public synchronized void failNext(int calls) {
    failing += calls;
  }

  /** Forgets a report. */
  public synchronized void lose(ReportKey key) {
    reports.remove(key);
  }

  /** Whoever reads that report from now on gets so many bytes of it, and then an exception. */
  public synchronized void breakAfter(ReportKey key, int bytes) {
    broken.put(key, bytes);
  }

  public synchronized Set<ReportKey> keys() {
    return Set.copyOf(reports.keySet());
  }

  @Override
  public void put(ReportKey key, InputStream packed) throws IOException, InterruptedException {
    call(() -> true);
    byte[] bytes = packed.readAllBytes();
    call(() -> {
      if (standing(key).isEmpty()) {
        reports.put(key, bytes);
      }
      return until.put(key, clock.instant().plus(kept));
    });
  }

  @Override
  public Optional<InputStream> open(ReportKey key) throws InterruptedException {
    return call(() ->
        standing(key)
            .map(report -> {
              InputStream whole = new ByteArrayInputStream(report);
              return broken.containsKey(key) ? new Breaking(whole, broken.get(key)) : whole;
            }));
  }

  @Override
  public boolean keep(ReportKey key) throws InterruptedException {
    return call(() -> {
      boolean there = standing(key).isPresent();
      if (there) {
        until.put(key, clock.instant().plus(kept));
      }
      return there;
    });
  }

  private Optional<byte[]> standing(ReportKey key) {
    return Optional.ofNullable(reports.get(key))
        .filter(report -> until.getOrDefault(key, Instant.MIN).isAfter(clock.instant()));
  }

  private synchronized <T> T call(Supplier<T> work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (failing > 0) {
      failing--;
      throw new ReportsUnavailable("refused by the test", new IOException("connection refused"));
    }
    return work.get();
  }

  /** A report that ends too early, and says so. */
  private static final class Breaking extends FilterInputStream {
    private int left;

    Breaking(InputStream whole, int left) {
      super(whole);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        throw new IOException("broken by the test");
      }
      int read = super.read(buffer, offset, Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
