package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;

/**
 * The body of a request, within its terms. Where they are broken it remembers how, so that the
 * answer is right even if a handler takes the exception for something else. For one thread.
 */
final class RequestBody extends InputStream {
  private static final byte[] GO_ON = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final int LONGEST_LINE = 4096;
  private static final int DRAINED = 64 * 1024;
  private static final Http1Config TRAILER =
      Http1Config.custom().setMaxHeaderCount(HeadReader.MOST_FIELDS).build();

  private final Link link;
  private final RequestHead.Framing framing;
  private final InputStream framed;
  private final BodyTerms terms;
  private boolean toldToGoOn;
  private boolean begun;
  private boolean ended;
  private boolean closed;
  private boolean broken;
  private long count;
  private Optional<Refusal> refusal = Optional.empty();

  RequestBody(RequestHead head, Link link, BodyTerms terms) {
    this.link = link;
    this.terms = terms;
    this.toldToGoOn = !head.waitsToContinue();
    this.ended = !head.hasBody();
    this.framing = head.framing();
    this.framed =
        switch (framing) {
          case RequestHead.Framing.Length(long bytes) ->
              new ContentLengthInputStream(link.input(), InputStream.nullInputStream(), bytes);
          case RequestHead.Framing.Chunks() ->
              new ChunkedInputStream(link.input(), InputStream.nullInputStream(), TRAILER);
        };
  }

  /** What was wrong with it, as far as it was read. */
  Optional<Refusal> refusal() {
    return refusal;
  }

  /** Whether all of it was read, so that another request may follow. */
  boolean ended() {
    return ended;
  }

  /** Whether what is left of it may be worth to be read, for the sake of another request. */
  boolean drainable() {
    return toldToGoOn && !broken && refusal.isEmpty() && left() <= DRAINED;
  }

  private long left() {
    return switch (framing) {
      case RequestHead.Framing.Length(long bytes) -> bytes - count;
      case RequestHead.Framing.Chunks() -> 0;
    };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the request is over");
    }
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    begin();
    try {
      int read = next(into, offset, length);
      count += Math.max(0, read);
      if (count > terms.bytes()) {
        throw Refusal.tooLarge(terms.bytes());
      }
      return read;
    } catch (Refusal e) {
      refusal = Optional.of(e);
      throw e;
    }
  }

  /** The time for the upload begins when somebody wants it. */
  private void begin() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    if (!toldToGoOn) {
      toldToGoOn = true;
      link.output().write(GO_ON);
    }
    link.input().limitLines(LONGEST_LINE, 400, "a line in the body is too long");
    link.deadline().within(terms.time(), Deadline.Then.END_INPUT);
  }

  /** Whatever fails here is the client's doing: nobody else has a part in it. */
  private int next(byte[] into, int offset, int length) throws Refusal {
    int read;
    try {
      read = framed.read(into, offset, length);
    } catch (Refusal e) {
      throw e;
    } catch (MalformedChunkCodingException e) {
      throw Refusal.malformed("a chunk of the body is malformed", e);
    } catch (IOException e) {
      throw Refusal.malformed("the body ends before its end", e);
    }
    if (read < 0) {
      ended = true;
      if (!link.deadline().met()) {
        throw Refusal.late("the body did not come in time");
      }
    }
    return read;
  }

  /** Ends it for its handler, and its time with it. */
  @Override
  public void close() {
    closed = true;
    if (begun && !link.deadline().met()) {
      broken = true;
    }
  }

  /** Reads the rest of it, if that is little. */
  boolean drain() {
    if (!drainable()) {
      return false;
    }
    link.input().limitLines(LONGEST_LINE, 400, "a line in the body is too long");
    byte[] rest = new byte[2048];
    try {
      for (int drained = 0; !ended && drained <= DRAINED; ) {
        int read = framed.read(rest, 0, rest.length);
        ended = read < 0;
        drained += read;
      }
      return ended;
    } catch (IOException e) {
      return false;
    }
  }
}
