package dev.mystical.scanner.wire.report;

/**
 * What tells one run of bytes from another.
 *
 * @param sha256 in lower-case hexadecimal digits
 */
public record Content(String sha256, long bytes) {}
