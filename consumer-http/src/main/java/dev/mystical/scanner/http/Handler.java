package dev.mystical.scanner.http;

import java.io.IOException;

/**
 * Answers requests, by many threads, each request on a virtual thread of its own.
 *
 * <p>Whatever it throws becomes a 500 without a word of it, and one line of log; except that the
 * trouble of reading the body is the listener's, which answers it. An interrupt means that the
 * listener closes.
 */
@FunctionalInterface
public interface Handler {
  Answer handle(Request request) throws IOException, InterruptedException;
}
