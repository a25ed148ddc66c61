package dev.mystical.scanner.http;

import java.util.Map;

/** A whole answer to one request. */
record Answer(int status, String type, String body, Map<String, String> headers) {
  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(int status, String type, String body) {
    return new Answer(status, type, body, Map.of());
  }

  static Answer json(int status, String document) {
    return of(status, "application/json", document);
  }

  /** What went wrong, as RFC 9457 wants it. */
  static Answer problem(int status, String title, String detail) {
    return of(status, "application/problem+json", HealthDocuments.problem(status, title, detail));
  }

  Answer with(String name, String value) {
    return new Answer(status, type, body, Map.of(name, value));
  }
}
