package dev.mystical.scanner.app;

import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.ledger.ScanIndex;
import dev.mystical.scanner.domain.report.ReportKey;
import dev.mystical.scanner.domain.report.ReportStore;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** temporary. */
final class TmpStores {
  static ScanIndex index() {
    return query -> new ScanIndex.Page(List.of(), Optional.empty());
  }

  static ReportStore reports() {
    Map<ReportKey, byte[]> all = new ConcurrentHashMap<>();
    return new ReportStore() {
      @Override
      public void put(ReportKey key, InputStream packed) throws IOException {
        all.put(key, packed.readAllBytes());
      }

      @Override
      public Optional<InputStream> open(ReportKey key) {
        return Optional.ofNullable(all.get(key)).map(ByteArrayInputStream::new);
      }

      @Override
      public boolean keep(ReportKey key) {
        return all.containsKey(key);
      }
    };
  }

  static ProgressBoard progress() {
    Map<ScanKey, Map<ProviderId, Progress>> all = new ConcurrentHashMap<>();
    return new ProgressBoard() {
      @Override
      public void note(ScanKey scan, ProviderId provider, Progress progress) {
        all.computeIfAbsent(scan, it -> new ConcurrentHashMap<>()).put(provider, progress);
      }

      @Override
      public Map<ProviderId, Progress> of(ScanKey scan) {
        return all.getOrDefault(scan, Map.of());
      }
    };
  }
}
