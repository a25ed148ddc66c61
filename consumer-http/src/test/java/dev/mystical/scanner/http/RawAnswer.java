package dev.mystical.scanner.http;

import java.util.List;

/** An answer as it came over the wire, with its framing taken off. */
record RawAnswer(int status, Headers headers, String body) {
  String header(String name) {
    return headers.value(name).orElse("");
  }

  List<String> headerNames() {
    return headers.fields().stream().map(Headers.Field::name).toList();
  }
}
