package dev.mystical.scanner.app.command;

import dev.mystical.scanner.app.client.ApiAddress;
import dev.mystical.scanner.app.client.ApiKey;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.domain.scan.ScanKey;
import java.util.List;
import java.util.Optional;

/** What is asked for. */
sealed interface Command {
  /** Run the server. */
  record Serve() implements Command {}

  /** Try the settings against what they name. */
  record Check() implements Command {}

  /**
   * Send the request in a file, or on standard input where its name is {@code -}.
   *
   * @param api where it goes, if not to the queue
   * @param waiting whether to follow the scan to its end
   */
  record Submit(String file, Optional<Remote> api, boolean waiting) implements Command {}

  /**
   * An API to send a request to.
   *
   * @param key the one of the environment is used where there is none
   * @param idempotencyKey a new one is used where there is none
   */
  record Remote(ApiAddress address, Optional<ApiKey> key, Optional<String> idempotencyKey) {}

  /** Show a scan. */
  record Status(ScanKey scan) implements Command {}

  /** End a scan, and stop its tasks. */
  record Cancel(ScanKey scan) implements Command {}

  /** Launch the runs of an ended scan that did not succeed once more. */
  record Retry(ScanKey scan) implements Command {}

  /**
   * Send dead letters back to the scan queue.
   *
   * @param names ids of scans or messages; none means all
   * @param dryRun whether to show only what would be done
   */
  record Redrive(List<String> names, boolean dryRun) implements Command {
    public Redrive {
      names = List.copyOf(names);
    }
  }

  /** Show errors: the newest, or all since a moment; and then all that come. */
  record Errors(boolean follow, Optional<Since> since, Optional<ErrorCode> code)
      implements Command {}

  /** Say which program this is. */
  record Version() implements Command {}

  /** Say how it is used. */
  record Help() implements Command {}
}
