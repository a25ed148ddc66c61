package dev.mystical.scanner.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * What a client sends, buffered. HttpCore's readers take lines from here, for heads and for chunks.
 * Its own buffer lets pass what one server takes for a line's end and another does not, which is
 * how requests are smuggled past proxies; this one refuses it: a line ends with CR LF and nothing
 * else, has no other control character than a tab, and is never folded. Nor does it begin with a
 * sign, which HttpCore would take in front of a chunk's length.
 *
 * <p>An end is never silent: who reads on where nothing follows gets an exception, because HttpCore
 * would take a body that breaks off between two bytes, or in its trailer, for a whole one.
 */
final class StrictInput implements SessionInputBuffer {
  private static final int CAPACITY = 4096;
  private static final int BYTE = 0xFF;
  private static final int DELETE = 0x7F;

  private final InputStream in;
  private final Deadline deadline;
  private final BasicHttpTransportMetrics metrics = new BasicHttpTransportMetrics();
  private final byte[] buffer = new byte[CAPACITY];
  private int from;
  private int to;
  private int lineLimit = CAPACITY;
  private int tooLongStatus = 400;
  private String tooLong = "a line is too long";

  StrictInput(InputStream in, Deadline deadline) {
    this.in = in;
    this.deadline = deadline;
  }

  /** How long the next lines may be, and what a client is told whose line is longer. */
  void limitLines(int bytes, int status, String detail) {
    this.lineLimit = bytes;
    this.tooLongStatus = status;
    this.tooLong = detail;
  }

  /** Waits until there is something to read; false if nothing will come. */
  boolean await() throws IOException {
    if (from < to) {
      return true;
    }
    from = 0;
    to = Math.max(0, in.read(buffer, 0, CAPACITY));
    return to > 0;
  }

  /** Throws away what comes, until the end or until that was so much. */
  void skip(long most) throws IOException {
    long skipped = 0;
    while (skipped < most && await()) {
      skipped += to - from;
      from = to;
    }
  }

  @Override
  public int readLine(CharArrayBuffer line, InputStream ignored) throws IOException {
    int start = line.length();
    while (true) {
      int c = next();
      if (c == '\r') {
        if (next() != '\n') {
          throw Refusal.malformed("a carriage return without a line feed");
        }
        return line.length() - start;
      }
      check(c, line.length() == start);
      if (line.length() - start >= lineLimit) {
        throw new Refusal(tooLongStatus, tooLong);
      }
      line.append((char) c);
    }
  }

  private static void check(int c, boolean first) throws Refusal {
    if (c == '\n') {
      throw Refusal.malformed("a line feed without a carriage return");
    }
    if (c == DELETE || (c < ' ' && c != '\t')) {
      throw Refusal.malformed("a control character");
    }
    if (first && (c == ' ' || c == '\t')) {
      throw Refusal.malformed("a line that begins with white space");
    }
    if (first && (c == '+' || c == '-')) {
      throw Refusal.malformed("a line that begins with a sign");
    }
  }

  private int next() throws IOException {
    fill();
    return buffer[from++] & BYTE;
  }

  private void fill() throws IOException {
    if (!await()) {
      if (deadline.late()) {
        throw Refusal.late("the request did not come in time");
      }
      throw new EOFException("the client sends no more");
    }
  }

  @Override
  public int read(byte[] into, int offset, int length, InputStream ignored) throws IOException {
    if (length == 0) {
      return 0;
    }
    fill();
    int count = Math.min(length, to - from);
    System.arraycopy(buffer, from, into, offset, count);
    from += count;
    return count;
  }

  @Override
  public int read(byte[] into, InputStream ignored) throws IOException {
    return read(into, 0, into.length, ignored);
  }

  @Override
  public int read(InputStream ignored) throws IOException {
    return next();
  }

  @Override
  public int length() {
    return to - from;
  }

  @Override
  public int capacity() {
    return CAPACITY;
  }

  @Override
  public int available() {
    return CAPACITY - length();
  }

  @Override
  public HttpTransportMetrics getMetrics() {
    return metrics;
  }
}
