package dev.mystical.scanner.domain.collect;

import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.scan.Scan;

/** What follows from a report that can be read. */
public sealed interface ReportDecision {
  /** It is the run's, once this is written; the store must have it before that. */
  record Take(Scan after) implements ReportDecision {}

  /** The run has this very report. */
  record Repeat() implements ReportDecision {}

  /** The run has another report, which stands. */
  record Taken(String why) implements ReportDecision {}

  /** It comes too late to count: it is put aside, and people are told where. */
  record Late(String why, ErrorEvent told) implements ReportDecision {}
}
