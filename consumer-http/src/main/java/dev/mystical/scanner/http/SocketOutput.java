package dev.mystical.scanner.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Writes to a socket, in pieces that the client must each take in time. However slowly it reads, it
 * may do so as long as it reads.
 */
final class SocketOutput extends OutputStream {
  private static final int PIECE = 16 * 1024;

  private final OutputStream out;
  private final Deadline deadline;
  private final Duration time;
  private boolean broken;

  SocketOutput(OutputStream out, Deadline deadline, Duration time) {
    this.out = out;
    this.deadline = deadline;
    this.time = time;
  }

  /** Whether the client is no longer there, or no longer reads. */
  boolean broken() {
    return broken;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int at = 0; at < length; at += PIECE) {
      deadline.within(time, Deadline.Then.CUT);
      try {
        out.write(bytes, offset + at, Math.min(PIECE, length - at));
      } catch (IOException e) {
        broken = true;
        throw e;
      } finally {
        deadline.met();
      }
    }
  }
}
