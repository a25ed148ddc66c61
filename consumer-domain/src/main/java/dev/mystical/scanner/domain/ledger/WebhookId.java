package dev.mystical.scanner.domain.ledger;

import dev.mystical.scanner.domain.scan.Digest;
import dev.mystical.scanner.domain.scan.Scan;

/**
 * The id under which a scan's end is told. A scan that is rebuilt and ends anew keeps it; the end
 * of a retry is another one.
 */
public final class WebhookId {
  private WebhookId() {}

  public static String of(Scan scan) {
    String series = scan.series() == 0 ? "" : "\n" + scan.series();
    return "msg_"
        + Digest.of(scan.key().tenant() + "\n" + scan.key().id() + "\nended" + series).shortened();
  }
}
