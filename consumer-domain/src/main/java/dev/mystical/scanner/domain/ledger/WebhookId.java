package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.Scan;

/** The id under which a scan's end is told; a scan that is rebuilt and ends anew keeps it. */
final class WebhookId {
  private WebhookId() {}

  static String of(Scan scan) {
    return "msg_" + Digest.of(scan.key().tenant() + "\n" + scan.key().id() + "\nended").shortened();
  }
}
