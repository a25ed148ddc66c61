package dev.mystical.scanner.app.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads server-sent events, as the HTML standard says (9.2.6), but with an end to how long one may
 * be, and with no more than UTF-8. What stands after the last empty line is half an event, and
 * none. One thread at a time.
 */
final class SseReader {
  /** Of one line, and of one event's data. The largest scan has a few hundred thousand. */
  static final int LONGEST = 1 << 20;

  private static final int END = -1;

  private final InputStream in;
  private boolean first = true;
  private boolean afterReturn;
  private String id;
  private String type = "";
  private final StringBuilder data = new StringBuilder();
  private boolean anyData;

  /**
   * @param id that of the event before the first one that is read
   */
  SseReader(InputStream in, String id) {
    this.in = new BufferedInputStream(in);
    this.id = id;
  }

  /** The next event, as soon as it is there; empty at the end of the stream. */
  Optional<SseEvent> next() throws IOException {
    String pending = id;
    while (true) {
      Optional<String> line = line();
      if (line.isEmpty()) {
        return Optional.empty();
      }
      if (!line.get().isEmpty()) {
        pending = field(line.get(), pending);
        continue;
      }
      // An id counts once its event is whole, and even where the event has no data.
      id = pending;
      if (anyData) {
        return Optional.of(taken());
      }
      type = "";
    }
  }

  private SseEvent taken() {
    SseEvent event = new SseEvent(id, type.isEmpty() ? "message" : type, data.toString());
    type = "";
    data.setLength(0);
    anyData = false;
    return event;
  }

  /** Takes a field in; answers the id that is pending after it. */
  private String field(String line, String pending) throws IOException {
    int colon = line.indexOf(':');
    String name = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (name) {
      case "event" -> type = value;
      case "data" -> data(value);
      case "id" -> {
        return value.indexOf('\0') < 0 ? value : pending;
      }
      // A comment has no name, and what else there may be means nothing here.
      default -> {}
    }
    return pending;
  }

  private void data(String value) throws IOException {
    if (anyData) {
      data.append('\n');
    }
    anyData = true;
    if (data.length() + value.length() > LONGEST) {
      throw new IOException("an event has more than %d characters".formatted(LONGEST));
    }
    data.append(value);
  }

  /** Without its end; empty where the stream ends before the line does. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int one = in.read();
      if (one == '\n' && afterReturn) {
        // The second half of the line end before.
        afterReturn = false;
        continue;
      }
      afterReturn = one == '\r';
      if (one == END) {
        return Optional.empty();
      }
      if (one == '\n' || one == '\r') {
        return Optional.of(text(line.toByteArray()));
      }
      if (line.size() == LONGEST) {
        throw new IOException("a line of events has more than %d bytes".formatted(LONGEST));
      }
      line.write(one);
    }
  }

  private String text(byte[] line) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      boolean marked = first && text.startsWith("\ufeff");
      first = false;
      return marked ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IOException("the stream of events is not UTF-8", e);
    }
  }
}
