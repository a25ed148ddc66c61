package dev.mystical.scanner.domain.report;

/** A run's part in the verdict of its scan. */
public record RunVerdict(boolean required, Verdict verdict) {}
