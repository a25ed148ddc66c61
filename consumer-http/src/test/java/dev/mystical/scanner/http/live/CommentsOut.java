package dev.mystical.scanner.http.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Takes so many comments, and breaks. */
final class CommentsOut extends ByteArrayOutputStream {
  private int left;

  CommentsOut(int comments) {
    this.left = comments;
  }

  @Override
  public void flush() throws IOException {
    if (toString(java.nio.charset.StandardCharsets.UTF_8).endsWith("\n\n:\n\n") && --left == 0) {
      throw new IOException("the client has gone");
    }
  }
}
