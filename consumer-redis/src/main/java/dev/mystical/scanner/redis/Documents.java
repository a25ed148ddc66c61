package dev.mystical.scanner.redis;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.OutboxEntry;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.scan.RefusedScan;
import dev.mystical.scanner.domain.scan.Scan;

/** The JSON texts that stand in Redis and on disk. */
public interface Documents {
  String scan(Scan scan);

  String refused(RefusedScan scan);

  /** What a text of {@link #scan} or {@link #refused} stands for. */
  Found.Entry entry(String document, long version);

  /** A CloudEvent. */
  String event(ScanEvent event);

  /** What the outbox keeps of a webhook: where it goes, and the bytes of its body. */
  String webhook(OutboxEntry entry);

  String error(ErrorEntry entry);

  /** What a text of {@link #error} stands for. */
  ErrorEntry error(String document);
}
