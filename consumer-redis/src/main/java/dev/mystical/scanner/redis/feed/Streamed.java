package dev.mystical.scanner.redis.feed;

/**
 * An entry of a stream.
 *
 * @param id the stream's own name for it; later entries have greater ones
 */
public record Streamed<T>(String id, T value) {}
