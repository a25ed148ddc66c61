package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** One answer. */
final class Reply {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] bytes;

  Reply(int status, HttpHeaders headers, byte[] bytes) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes.clone();
  }

  int status() {
    return status;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  byte[] unpacked() throws IOException {
    if (!header("Content-Encoding").equals(Optional.of("gzip"))) {
      return bytes();
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  String text() {
    return new String(bytes, UTF_8);
  }

  JsonNode json() {
    return ApiClient.json(text());
  }

  List<String> pointers() {
    List<String> pointers = new ArrayList<>();
    json().path("errors").forEach(it -> pointers.add(it.path("pointer").textValue()));
    return pointers;
  }
}
