package dev.mystical.scanner.redis.feed;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One file of a spool: records of length, CRC-32C and bytes. A record that was being written when
 * its process died ends the file early; what stands before it is good.
 *
 * @param records how many good ones it holds
 */
record Segment(Path file, long bytes, long records) {
  static final int LONGEST_RECORD = 64 << 10;

  private static final int HEAD = 2 * Integer.BYTES;

  /** One record as it stands in the file. */
  static ByteBuffer framed(byte[] record) {
    return ByteBuffer.allocate(HEAD + record.length)
        .putInt(record.length)
        .putInt(checksum(record))
        .put(record)
        .flip();
  }

  /** Looks at a file that another process left behind. */
  static Segment found(Path file) throws IOException {
    return new Segment(file, Files.size(file), records(file).size());
  }

  /** The good records, in the order in which they were written. */
  static List<byte[]> records(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    List<byte[]> records = new ArrayList<>();
    try {
      while (bytes.hasRemaining()) {
        int length = bytes.getInt();
        int checksum = bytes.getInt();
        if (length < 0 || length > LONGEST_RECORD) {
          break;
        }
        byte[] record = new byte[length];
        bytes.get(record);
        if (checksum(record) != checksum) {
          break;
        }
        records.add(record);
      }
    } catch (BufferUnderflowException torn) {
      // The process died while it wrote: nobody was told that this record is on disk.
      return records;
    }
    return records;
  }

  /** This segment with more records behind those it has; none of them if they do not fit. */
  Segment append(FileChannel channel, List<byte[]> more) throws IOException {
    try {
      long written = 0;
      for (byte[] record : more) {
        ByteBuffer framed = framed(record);
        written += framed.remaining();
        while (framed.hasRemaining()) {
          channel.write(framed);
        }
      }
      channel.force(false);
      return new Segment(file, bytes + written, records + more.size());
    } catch (IOException e) {
      // A half-written record would hide all that is written behind it.
      channel.truncate(bytes);
      channel.position(bytes);
      throw e;
    }
  }

  private static int checksum(byte[] record) {
    CRC32C checksum = new CRC32C();
    checksum.update(record);
    return (int) checksum.getValue();
  }
}
