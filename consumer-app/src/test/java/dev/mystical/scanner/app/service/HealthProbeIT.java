package dev.mystical.scanner.app.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthProbeIT {
  @Test
  void givesTheFirstLineOfTheAnswer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/livez",
        exchange -> {
          byte[] body = "{}".getBytes(US_ASCII);
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      assertThat(HealthProbe.status(server.getAddress())).startsWith("HTTP/1.1 503");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aServerThatIsNotThereIsTrouble() throws IOException {
    InetSocketAddress free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    assertThatIOException().isThrownBy(() -> HealthProbe.status(free));
  }

  @Test
  void asksOnThisMachineWhereTheServerListensEverywhere() throws IOException {
    assertThat(HealthProbe.address(Map.of()))
        .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
    assertThat(
            HealthProbe.address(Map.of("HTTP_HOST", "0.0.0.0", "HTTP_PORT", "9000")).getAddress())
        .isEqualTo(InetAddress.getLoopbackAddress());
  }
}
