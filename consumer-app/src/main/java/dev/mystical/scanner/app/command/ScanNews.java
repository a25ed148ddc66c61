package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.collect.Progress;
import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.deliver.CallbackState;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.ledger.WebhookId;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.wire.ScanView;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of scans beside the ledger. Each method blocks for one call at most, and throws
 * {@link dev.mystical.scanner.domain.ledger.LedgerUnavailable} when there is no answer.
 */
record ScanNews(Outbox outbox, Optional<ProgressBoard> board) {
  /** How far the webhook is; empty before the scan's end, and where there is none. */
  Optional<CallbackState> callback(Scan scan) throws InterruptedException {
    return scan.status().ended() && scan.request().callback().isPresent()
        ? outbox.state(WebhookId.of(scan))
        : Optional.empty();
  }

  Map<ProviderId, Progress> progress(ScanKey scan) throws InterruptedException {
    return board.isPresent() ? board.get().of(scan) : Map.of();
  }

  /** The scan as clients see it, with all that is known. */
  String json(Scan scan) throws InterruptedException {
    return ScanView.json(scan, callback(scan), progress(scan.key()));
  }
}
