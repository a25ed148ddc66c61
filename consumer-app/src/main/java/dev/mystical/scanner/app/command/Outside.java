package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.queue.DeadLetterBox;
import dev.mystical.scanner.domain.queue.MessageSender;
import java.util.List;
import java.util.Optional;

/**
 * What commands reach beyond this process. Nothing connects before it is asked for, so that a
 * command needs no more than what it uses.
 */
public interface Outside extends AutoCloseable {
  /** Looks at everything that the settings name. */
  List<Probe> probes();

  MessageSender sender();

  ScanLedger ledger();

  EntryLog<ErrorEntry> errors();

  /** Nothing where no place for dead letters is known; throws QueueUnavailable. */
  Optional<DeadLetterBox> deadLetters() throws InterruptedException;

  /** Ends every connection. */
  @Override
  void close();
}
