package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;

/** Writes answers. Used by many threads; has no state. */
final class AnswerWriter {
  private static final int BUFFER = 8 * 1024;
  // RFC 1123 has days of one digit, HTTP has not.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;
  private final LiveStreams streams;

  AnswerWriter(InstantSource clock, LiveStreams streams) {
    this.clock = clock;
    this.streams = streams;
  }

  /** How the client is to get it. */
  enum Form {
    WHOLE,
    /** To a HEAD request. */
    HEAD_ALONE,
    /** To a client of old, which knows a stream's end by the connection's. */
    UNCHUNKED;

    static Form of(RequestHead head) {
      return head.isHead()
          ? HEAD_ALONE
          : head.version() == RequestHead.Version.HTTP_1_0 ? UNCHUNKED : WHOLE;
    }
  }

  /** What follows on the connection. */
  enum Then {
    MORE,
    CLOSE
  }

  /** Writes all of it; what was thrown by the answer's own writer leaves a half one behind. */
  void write(OutputStream out, Answer answer, Form form, Then then)
      throws IOException, InterruptedException {
    switch (answer.content()) {
      case Content.Nothing() -> out.write(head(answer, Optional.empty(), framing(answer), then));
      case Content.Whole whole -> {
        byte[] head =
            head(
                answer,
                Optional.of(whole.mediaType()),
                "Content-Length: %d\r\n".formatted(whole.length()),
                then);
        OutputStream packed = new BufferedOutputStream(out, BUFFER);
        packed.write(head);
        if (form != Form.HEAD_ALONE) {
          whole.writeTo(packed);
        }
        packed.flush();
      }
      case Content.Streamed(String mediaType, BodyWriter writer) -> {
        out.write(head(answer, Optional.of(mediaType), framing(form), then));
        if (form != Form.HEAD_ALONE) {
          stream(out, form, writer);
        }
      }
      case Content.Live(String mediaType, BodyWriter writer) -> {
        out.write(head(answer, Optional.of(mediaType), framing(form), then));
        if (form != Form.HEAD_ALONE) {
          stream(out, form, untilClosed(writer));
        }
      }
    }
  }

  private static String framing(Answer answer) {
    return answer.status() == 204 || answer.status() == 304 ? "" : "Content-Length: 0\r\n";
  }

  private static String framing(Form form) {
    return form == Form.UNCHUNKED ? "" : "Transfer-Encoding: chunked\r\n";
  }

  private byte[] head(Answer answer, Optional<String> mediaType, String framing, Then then) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 %d %s\r\n".formatted(answer.status(), StatusPhrase.of(answer.status())));
    head.append("Date: %s\r\n".formatted(DATE.format(clock.instant())));
    mediaType.ifPresent(it -> head.append("Content-Type: %s\r\n".formatted(it)));
    head.append(framing);
    if (answer.headers().stream().noneMatch(it -> it.name().equalsIgnoreCase("Cache-Control"))) {
      head.append("Cache-Control: no-store\r\n");
    }
    head.append("X-Content-Type-Options: nosniff\r\n");
    answer.headers().forEach(it -> head.append("%s: %s\r\n".formatted(it.name(), it.value())));
    if (then == Then.CLOSE) {
      head.append("Connection: close\r\n");
    }
    return head.append("\r\n").toString().getBytes(US_ASCII);
  }

  private static void stream(OutputStream out, Form form, BodyWriter writer)
      throws IOException, InterruptedException {
    OutputStream body =
        form == Form.UNCHUNKED
            ? new BufferedOutputStream(out, BUFFER)
            : new ChunkedOutputStream(new SessionOutputBufferImpl(BUFFER), out, BUFFER);
    writer.write(new Open(body));
    body.close();
  }

  private BodyWriter untilClosed(BodyWriter writer) {
    return out -> {
      try {
        if (streams.begin()) {
          writer.write(out);
        }
      } catch (InterruptedException e) {
        // The listener closes: this is the end, and the client is to know it for a good one.
      } finally {
        streams.end();
      }
    };
  }

  /** Cannot be closed: a writer that fails must not end the body as if it were whole. */
  private static final class Open extends FilterOutputStream {
    Open(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
