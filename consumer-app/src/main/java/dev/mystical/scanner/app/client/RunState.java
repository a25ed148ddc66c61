package dev.mystical.scanner.app.client;

import java.util.Optional;

/**
 * A run, as a client sees it.
 *
 * @param attempt the last one's number; 0 before the first
 * @param phase what its scanner said that it is at
 */
public record RunState(
    String provider,
    boolean required,
    String status,
    int attempt,
    Optional<Integer> percent,
    Optional<String> phase,
    Optional<String> error) {}
