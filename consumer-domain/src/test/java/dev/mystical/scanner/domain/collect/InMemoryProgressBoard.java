package dev.mystical.scanner.domain.collect;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A board in memory that can be told to fail. Every field is guarded by {@code this}. */
public final class InMemoryProgressBoard implements ProgressBoard {
  private static final Duration KEPT = Duration.ofHours(6);

  /** What a scan's runs said, and until when it is of use. */
  private record Said(Map<ProviderId, Progress> progress, Instant until) {}

  private final InstantSource clock;
  private final Map<ScanKey, Said> scans = new HashMap<>();
  private int failing;

  public InMemoryProgressBoard(InstantSource clock) {
    this.clock = clock;
  }

  /** So many next calls throw, and do nothing. */
  public synchronized void failNext(int calls) {
    failing += calls;
  }

  @Override
  public synchronized void note(ScanKey scan, ProviderId provider, Progress progress)
      throws InterruptedException {
    Map<ProviderId, Progress> said = new HashMap<>(of(scan));
    said.put(provider, progress);
    scans.put(scan, new Said(Map.copyOf(said), clock.instant().plus(KEPT)));
  }

  @Override
  public synchronized Map<ProviderId, Progress> of(ScanKey scan) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (failing > 0) {
      failing--;
      throw new LedgerUnavailable("refused by the test", new IOException("connection refused"));
    }
    scans.values().removeIf(said -> !said.until().isAfter(clock.instant()));
    Said said = scans.get(scan);
    return said == null ? Map.of() : said.progress();
  }
}
