package dev.mystical.scanner.app.client;

import dev.mystical.scanner.wire.report.Findings;

/** A scan that somebody waits for, wherever it is kept. One thread at a time. */
public interface WatchedScan {
  /** How it stands. Blocks for one call of bounded length. */
  Look look() throws InterruptedException;

  /** What was found, the worst of it first. Blocks until all of its report is read. */
  Found findings(int most) throws InterruptedException;

  /** Starts to tell of changes. */
  Nudges nudges();

  /** What a look came to. */
  sealed interface Look {
    record Seen(ScanState scan) implements Look {}

    /** Nobody knows it; it may still come. */
    record Absent() implements Look {}

    /** No answer; a later look may have one. */
    record Unanswered(String why) implements Look {}

    /** Whoever asks may not know. */
    record Denied(String why) implements Look {}
  }

  /** What there is to read of findings. */
  sealed interface Found {
    record Listed(Findings findings) implements Found {}

    /** No run has a report. */
    record NoReport() implements Found {}

    record Unreadable(String why) implements Found {}
  }
}
