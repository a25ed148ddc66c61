package dev.mystical.scanner.domain.live;

/**
 * An entry of a log.
 *
 * @param id the log's own name for it; later entries have greater ones
 */
public record Streamed<T>(String id, T value) {}
