package dev.mystical.scanner.domain.ledger;

/**
 * A webhook that is to leave.
 *
 * @param id the same whenever the same end of the same scan is told
 * @param url where the client wants to be told
 */
public record OutboxEntry(String id, String url, ScanEvent event) {}
