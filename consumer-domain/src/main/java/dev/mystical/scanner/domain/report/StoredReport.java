package dev.mystical.scanner.domain.report;

import java.time.Instant;

/**
 * A run's report, as the ledger knows it; the store of reports has the document.
 *
 * @param received the SHA-256 of what the scanner sent, unpacked: tells a repeat from another one
 * @param sha256 of the document as it is stored and handed out, unpacked
 * @param bytes of that document
 * @param format what the scanner sent it in, as a word: {@code sarif}, {@code bearer}, …
 */
public record StoredReport(
    String received,
    String sha256,
    long bytes,
    String format,
    ReportSummary summary,
    Instant storedAt) {}
