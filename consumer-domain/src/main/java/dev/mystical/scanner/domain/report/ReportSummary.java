package dev.mystical.scanner.domain.report;

/** What a run's report says, whatever the policy makes of it. */
public record ReportSummary(FindingCounts counts, Coverage coverage) {}
