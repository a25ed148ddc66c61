package dev.mystical.scanner.http.api;

import dev.mystical.scanner.domain.collect.ReportKey;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A stored report, unpacked, whose last bytes come only once all of it was read and has the hash
 * that the ledger says: whoever gets its end has the report. It is always one buffer ahead of its
 * reader; else it throws {@link DamagedReport}. For one thread.
 */
final class CheckedReport extends InputStream {
  private static final int BUFFER = 64 * 1024;

  private final ReportKey key;
  private final InputStream unpacked;
  private final MessageDigest digest = sha256();
  private byte[] ready = new byte[BUFFER];
  private int at;
  private int end;
  private byte[] ahead = new byte[BUFFER];
  private int aheadEnd;

  private CheckedReport(ReportKey key, InputStream unpacked) throws IOException {
    this.key = key;
    this.unpacked = unpacked;
    fetch();
  }

  /** The report, unpacked, from what the store has; closed with it, also where this throws. */
  static InputStream unpacked(ReportKey key, InputStream packed) throws IOException {
    try {
      return new CheckedReport(key, inflating(key, packed));
    } catch (IOException e) {
      packed.close();
      throw e;
    }
  }

  /** Writes the report as the store has it, in gzip. */
  static void pass(ReportKey key, InputStream packed, OutputStream out) throws IOException {
    HeldEnd held = new HeldEnd(packed, out);
    try (InputStream all = unpacked(key, held)) {
      all.transferTo(OutputStream.nullOutputStream());
      held.release();
    }
  }

  private static InputStream inflating(ReportKey key, InputStream packed) throws IOException {
    try {
      return new GZIPInputStream(packed, BUFFER);
    } catch (ZipException | EOFException e) {
      throw new DamagedReport(key, "it is no gzip", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    if (at == end && !next()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(ready, at, buffer, offset, count);
    at += count;
    return count;
  }

  /**
   * Whether there is more; the buffer that was ahead is given away once the one behind it is in.
   */
  private boolean next() throws IOException {
    if (aheadEnd == 0) {
      return false;
    }
    byte[] spare = ready;
    ready = ahead;
    int filled = aheadEnd;
    ahead = spare;
    end = 0;
    at = 0;
    fetch();
    end = filled;
    return true;
  }

  private void fetch() throws IOException {
    try {
      aheadEnd = unpacked.readNBytes(ahead, 0, BUFFER);
    } catch (ZipException | EOFException e) {
      throw new DamagedReport(key, "it cannot be unpacked", e);
    }
    digest.update(ahead, 0, aheadEnd);
    if (aheadEnd == 0 && !HexFormat.of().formatHex(digest.digest()).equals(key.sha256())) {
      throw new DamagedReport(key, "its hash is another one");
    }
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes what is read from it, but for the last of it. */
  private static final class HeldEnd extends FilterInputStream {
    private final OutputStream out;
    private byte[] held = new byte[0];

    HeldEnd(InputStream in, OutputStream out) {
      super(in);
      this.out = out;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        release();
        held = Arrays.copyOfRange(buffer, offset, offset + count);
      }
      return count;
    }

    void release() throws IOException {
      out.write(held);
      held = new byte[0];
    }
  }
}
