package dev.mystical.scanner.app.command;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.redis.feed.Streamed;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The error feed, to be read. Throws LedgerUnavailable where there is no answer. */
public interface ErrorLog {
  /** The newest entries, newest first. */
  List<Streamed<ErrorEntry>> newest(int count) throws InterruptedException;

  /** The oldest entries since a moment, oldest first. */
  List<Streamed<ErrorEntry>> since(Instant moment, int count) throws InterruptedException;

  /** The oldest entries after one, oldest first. */
  List<Streamed<ErrorEntry>> after(String id, int count) throws InterruptedException;

  /** Where the feed ends now. */
  String end() throws InterruptedException;

  /** Hands on all that come after an entry, until the thread is interrupted. */
  void follow(String after, Consumer<Streamed<ErrorEntry>> reader) throws InterruptedException;
}
