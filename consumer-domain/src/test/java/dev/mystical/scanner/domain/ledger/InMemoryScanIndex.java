package dev.mystical.scanner.domain.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The index of a ledger in memory. Safe for use by many threads; the ledger guards the scans. */
public final class InMemoryScanIndex implements ScanIndex {
  private static final int LOOKED_THROUGH = 500;

  private final InMemoryScanLedger ledger;
  private final AtomicInteger failing = new AtomicInteger();

  public InMemoryScanIndex(InMemoryScanLedger ledger) {
    this.ledger = ledger;
  }

  /** So many next calls throw. */
  public void failNext(int calls) {
    failing.addAndGet(calls);
  }

  @Override
  public Page list(Query query) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new LedgerUnavailable("refused by the test", new IOException("connection refused"));
    }
    NavigableMap<ScanPlace, Found.Entry> all = ledger.places();
    List<Found.Entry> found = new ArrayList<>();
    Optional<ScanPlace> last = Optional.empty();
    int looked = 0;
    for (Map.Entry<ScanPlace, Found.Entry> each :
        query.from().map(place -> all.tailMap(place, false)).orElse(all).entrySet()) {
      ScanPlace place = each.getKey();
      if (query.tenant().isPresent() && !query.tenant().get().equals(place.key().tenant())) {
        continue;
      }
      if (found.size() == query.limit() || looked == LOOKED_THROUGH) {
        return new Page(found, last.map(ScanPlace::cursor));
      }
      looked++;
      last = Optional.of(place);
      if (query.asksFor(each.getValue())) {
        found.add(each.getValue());
      }
    }
    return new Page(found, Optional.empty());
  }
}
