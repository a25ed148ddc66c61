package dev.mystical.scanner.app.consume;

import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.Scan;

/** The proof without which no message is deleted. */
sealed interface Finished {
  /** The ledger has every run of its scan as launched or ended. */
  record Launched(Scan scan) implements Finished {
    public Launched {
      if (!scan.settled()) {
        throw new IllegalStateException(scan.key() + " has runs that are not launched yet");
      }
    }
  }

  /** It is no request; the ledger has noted so, and the feed has said so. */
  record Refused(MessageId message) implements Finished {}
}
