package dev.mystical.scanner.domain.live;

/**
 * A change of state, as it stands in the log of events.
 *
 * @param event the CloudEvent, as JSON
 */
public record StateChange(String type, String tenant, String scanId, String event) {}
