package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.ledger.ScanLedger;
import java.util.List;

/**
 * What commands reach beyond this process. Nothing connects before it is asked for, so that a
 * command needs no more than what it uses.
 */
public interface Outside extends AutoCloseable {
  /** Looks at everything that the settings name. */
  List<Probe> probes();

  MessageSender sender();

  ScanLedger ledger();

  ErrorLog errors();

  /** Ends every connection. */
  @Override
  void close();
}
