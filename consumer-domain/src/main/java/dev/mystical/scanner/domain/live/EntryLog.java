package dev.mystical.scanner.domain.live;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A log that only grows at its end, and loses its oldest entries when it is long. Entries that this
 * version cannot read are left out. Safe for use by many threads. But for {@link #follow}, every
 * method blocks for one call of bounded length, and throws {@link
 * dev.mystical.scanner.domain.ledger.LedgerUnavailable} when there is no answer.
 *
 * <p>An id is two numbers with a hyphen between them, milliseconds and a counter: see {@link
 * EntryId}. Any such text names a place in the log, whether an entry stands there or not; any other
 * is an {@link IllegalArgumentException}. Of more entries than a count asks for, the rest is to be
 * asked for from the last one on.
 */
public interface EntryLog<T> {
  /** Before the first entry of any log. */
  String START = "0-0";

  /** The newest entries, newest first. */
  List<Streamed<T>> newest(int count) throws InterruptedException;

  /** The newest entries before one, newest first. */
  List<Streamed<T>> before(String id, int count) throws InterruptedException;

  /** The oldest entries after one, oldest first; {@link #START} stands before all. */
  List<Streamed<T>> after(String id, int count) throws InterruptedException;

  /** The oldest entries that were written at that time or later, oldest first. */
  List<Streamed<T>> since(Instant time, int count) throws InterruptedException;

  /** Where the log ends now: the id to follow from to see only what comes. */
  String end() throws InterruptedException;

  /**
   * Hands on every entry after one, in order, as they come, until the thread is interrupted; that
   * is an {@link InterruptedException}, and the only way out but for what the reader throws. While
   * there is no answer it waits, and goes on where it was. A reader that is too slow for the log
   * misses what the log loses meanwhile. It may take a connection of its own for as long as it
   * lasts, so whoever has many readers follows once and tells them all.
   */
  void follow(String after, Consumer<Streamed<T>> reader) throws InterruptedException;
}
