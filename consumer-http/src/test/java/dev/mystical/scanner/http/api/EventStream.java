package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads server-sent events, as far as these tests need it. */
final class EventStream implements AutoCloseable {
  private final BufferedReader reader;

  EventStream(InputStream in) {
    this.reader = new BufferedReader(new InputStreamReader(in, UTF_8));
  }

  /** One event. */
  record Event(String type, String id, String data) {}

  /** The next one; empty at the end of the stream. */
  Optional<Event> next() throws IOException {
    String type = "";
    String id = "";
    StringBuilder data = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isEmpty() && !data.isEmpty()) {
        return Optional.of(new Event(type, id, data.toString()));
      }
      if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      }
    }
    return Optional.empty();
  }

  List<Event> next(int count) throws IOException {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(next().orElseThrow());
    }
    return events;
  }

  /** Waits until the server has begun to answer, and so has joined. */
  EventStream begun() throws IOException {
    String line = reader.readLine();
    if (line == null || !line.startsWith("retry:")) {
      throw new IOException("the stream begins with " + line);
    }
    return this;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
