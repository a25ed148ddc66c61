package dev.mystical.scanner.stand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Picks a port of the loopback interface that nobody listens on. */
final class FreePort {

  private FreePort() {}

  /** A port that was free a moment ago; the system hands out others first before it repeats one. */
  static int onLoopback() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }
}
