package dev.mystical.scanner.app.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;

/**
 * Asks the server of this machine whether it lives, for containers that have no other program to
 * ask with. Looks at the environment alone ({@code HTTP_HOST}, {@code HTTP_PORT}); exits with 0
 * where {@code /livez} says yes, else with 1 and a reason.
 */
public final class HealthProbe {
  private static final int TIMEOUT_MS = 3_000;

  private HealthProbe() {}

  @SuppressWarnings("SystemOut") // its output is what an orchestrator keeps of a failed probe
  public static void main(String[] arguments) {
    try {
      String status = status(address(System.getenv()));
      if (status.startsWith("HTTP/1.1 200") || status.startsWith("HTTP/1.0 200")) {
        System.exit(0);
      }
      System.err.println("unhealthy: " + status);
    } catch (IOException | RuntimeException trouble) {
      System.err.println("unhealthy: " + trouble);
    }
    System.exit(1);
  }

  /** Where a server with this environment can be reached from its own machine. */
  static InetSocketAddress address(Map<String, String> environment) throws IOException {
    InetAddress host = InetAddress.getByName(environment.getOrDefault("HTTP_HOST", "127.0.0.1"));
    int port = Integer.parseInt(environment.getOrDefault("HTTP_PORT", "8080"));
    return new InetSocketAddress(
        host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host, port);
  }

  /** The first line of the answer. */
  static String status(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.connect(address, TIMEOUT_MS);
      socket
          .getOutputStream()
          .write(
              "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(US_ASCII));
      try (BufferedReader answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
        String line = answer.readLine();
        return line == null ? "no answer" : line;
      }
    }
  }
}
