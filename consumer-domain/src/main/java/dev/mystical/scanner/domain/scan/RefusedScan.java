package dev.mystical.scanner.domain.scan;

import java.time.Instant;

/** A message that could not be a request but named its scan: FAILED, with no run. */
public record RefusedScan(ScanKey key, ScanError error, Instant at) {}
