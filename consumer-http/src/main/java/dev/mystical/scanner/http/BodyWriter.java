package dev.mystical.scanner.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the body of an answer while the client reads it. */
@FunctionalInterface
public interface BodyWriter {
  /**
   * Writes all of it, once, on the request's own thread. What is written may wait in a buffer until
   * {@link OutputStream#flush}, which hands it to the network. A client that does not read in time
   * is cut off: writing throws {@link IOException} then, which is for the listener. An exception
   * breaks the connection off, so that the client does not take half an answer for a whole one.
   *
   * <p>Never called for a HEAD request: nothing is to be opened before it is.
   */
  void write(OutputStream out) throws IOException, InterruptedException;
}
