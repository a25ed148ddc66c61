package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
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

  EntryLog<StateChange> events();

  Outbox outbox();

  /** Where runs say how far they are; nothing where they do not. */
  Optional<ProgressBoard> progress();

  /** Where reports are; nothing where they are kept out of reach. */
  Optional<ReportStore> reports();

  /** Nothing where no place for dead letters is known; throws QueueUnavailable. */
  Optional<DeadLetterBox> deadLetters() throws InterruptedException;

  /** Ends every connection. */
  @Override
  void close();
}
