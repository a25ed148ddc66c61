package dev.mystical.scanner.app.client;

/**
 * An event that a server sent.
 *
 * @param id of the last event that had one; empty where none had
 * @param type {@code message} where the event names none
 */
record SseEvent(String id, String type, String data) {}
