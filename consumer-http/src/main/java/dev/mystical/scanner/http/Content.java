package dev.mystical.scanner.http;

import java.io.IOException;
import java.io.OutputStream;

/** The body of an answer. */
public sealed interface Content {
  /** There is none. */
  record Nothing() implements Content {}

  /** It is known from the first byte to the last. */
  final class Whole implements Content {
    private final String mediaType;
    private final byte[] bytes;

    Whole(String mediaType, byte[] bytes) {
      this.mediaType = mediaType;
      this.bytes = bytes.clone();
    }

    public String mediaType() {
      return mediaType;
    }

    public byte[] bytes() {
      return bytes.clone();
    }

    int length() {
      return bytes.length;
    }

    void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /** It is written while it is read, and ends by itself. */
  record Streamed(String mediaType, BodyWriter writer) implements Content {}

  /** It is written while it is read, and has no end. */
  record Live(String mediaType, BodyWriter writer) implements Content {}
}
