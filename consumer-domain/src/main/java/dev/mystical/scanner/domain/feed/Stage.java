package dev.mystical.scanner.domain.feed;

/** Where on a scan's way it happened. */
public enum Stage {
  RECEIVE,
  DECODE,
  LAUNCH,
  SUPERVISE,
  REPORT,
  DELIVER,
  API
}
