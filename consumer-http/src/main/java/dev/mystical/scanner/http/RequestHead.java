package dev.mystical.scanner.http;

import java.util.Arrays;

/**
 * A request up to its body.
 *
 * @param target a path and maybe a query, as sent; or {@code *}
 */
record RequestHead(
    String method, String target, Version version, Headers headers, Framing framing) {
  /** Of the client. */
  enum Version {
    HTTP_1_0,
    HTTP_1_1
  }

  /** How the end of the body is known. */
  sealed interface Framing {
    /** By its length; zero where there is none. */
    record Length(long bytes) implements Framing {}

    /** By its last chunk. */
    record Chunks() implements Framing {}
  }

  /** Whether the client may send another request after this one. */
  boolean keepsConnection() {
    return version == Version.HTTP_1_1
        && headers.all("Connection").stream()
            .flatMap(it -> Arrays.stream(it.split(",", -1)))
            .noneMatch(it -> it.strip().equalsIgnoreCase("close"));
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether the client waits for a word before it sends the body. */
  boolean waitsToContinue() {
    return version == Version.HTTP_1_1 && !headers.all("Expect").isEmpty() && hasBody();
  }

  boolean hasBody() {
    return !framing.equals(new Framing.Length(0));
  }
}
