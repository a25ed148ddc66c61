package dev.mystical.scanner.wire.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Ends with {@link ReportTooLarge} once more bytes were read than there may be. */
final class LimitedInput extends FilterInputStream {
  private final LongSupplier most;
  private final String what;
  private long bytes;

  /** With a limit that may move while it is read. */
  LimitedInput(InputStream in, LongSupplier most, String what) {
    super(in);
    this.most = most;
    this.what = what;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      bytes += read;
      if (bytes > most.getAsLong()) {
        throw new ReportTooLarge("%s has more than %d bytes".formatted(what, most.getAsLong()));
      }
    }
    return read;
  }

  @Override
  public long skip(long most) throws IOException {
    return most <= 0 || read() < 0 ? 0 : 1;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
