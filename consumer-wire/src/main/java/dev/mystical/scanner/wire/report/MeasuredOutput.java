package dev.mystical.scanner.wire.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts and hashes what is written. */
final class MeasuredOutput extends FilterOutputStream {
  private final Sha256 hash = Sha256.start();
  private long bytes;

  MeasuredOutput(OutputStream out) {
    super(out);
  }

  /** Of all that was written; to be asked once. */
  Content content() {
    return new Content(hash.hex(), bytes);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    bytes += length;
    hash.update(buffer, offset, length);
  }
}
