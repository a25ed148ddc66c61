package dev.mystical.scanner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An archive whose address sends the agent elsewhere. */
class RedirectIT extends SourceTest {

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ftps", "gopher", "scp"})
  void onlyWebAddressesAreFollowed(String scheme) throws IOException, InterruptedException {
    AtomicInteger visits = new AtomicInteger();
    HttpsServer first = Tls.server(0);
    try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> count(elsewhere, visits));
      String address = "%s://127.0.0.1:%d/a.tar".formatted(scheme, elsewhere.getLocalPort());
      first.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.getResponseHeaders().set("Location", address);
              exchange.sendResponseHeaders(302, -1);
            }
          });
      first.start();

      assertThat(refused(archive(first))).contains("cannot download it: curl ended with 1 ");
      assertThat(visits).hasValue(0);
    } finally {
      first.stop(0);
    }
  }

  private static void count(ServerSocket server, AtomicInteger visits) {
    try {
      while (true) {
        server.accept().close();
        visits.incrementAndGet();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private Map<String, String> archive(HttpsServer server) {
    return order(
        "SCAN_TARGET_TYPE",
        "archive",
        "SCAN_TARGET_URL",
        "https://127.0.0.1:" + server.getAddress().getPort() + "/a.tar",
        "SCAN_TARGET_SHA256",
        "0".repeat(64));
  }
}
