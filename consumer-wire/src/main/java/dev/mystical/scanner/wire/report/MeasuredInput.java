package dev.mystical.scanner.wire.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts and hashes what is read. */
final class MeasuredInput extends FilterInputStream {
  private final Sha256 hash = Sha256.start();
  private long bytes;

  MeasuredInput(InputStream in) {
    super(in);
  }

  /** Of all that was read; to be asked once. */
  Content content() {
    return new Content(hash.hex(), bytes);
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
      hash.update(buffer, offset, read);
    }
    return read;
  }

  @Override
  public long skip(long most) throws IOException {
    // What is skipped would be missing from the hash.
    return most <= 0 || read() < 0 ? 0 : 1;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
