package dev.mystical.scanner.domain.launch;

import dev.mystical.scanner.domain.scan.ProviderId;

/** A scanner that can be asked for: the task to start, and which of its containers scans. */
public record Provider(ProviderId id, String taskDefinition, String container) {}
