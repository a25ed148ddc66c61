package dev.mystical.scanner.distribution;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import jdk.jfr.Recording;

/**
 * Runs inside a runtime that was linked for the server, and looks for what no trial with plain HTTP
 * on loopback misses: TLS with elliptic curves, certificates of public authorities, names, flight
 * recordings, the machine's numbers. {@code RuntimeProbe KEYSTORE}: a PKCS12 file with an EC key,
 * password {@code changeit}.
 */
final class RuntimeProbe {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final int FEWEST_AUTHORITIES = 50;

  private RuntimeProbe() {}

  @SuppressWarnings("SystemOut") // it answers a script
  public static void main(String[] arguments)
      throws GeneralSecurityException, IOException, InterruptedException {
    System.out.println("tls          " + tls(Path.of(arguments[0])));
    System.out.println("authorities  " + authorities());
    System.out.println("names        " + Arrays.toString(InetAddress.getAllByName("localhost")));
    System.out.println("recording    " + recording() + " bytes");
    System.out.println(
        "memory       "
            + ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize());
    System.exit(0);
  }

  private static int authorities() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    int found = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers().length;
    if (found < FEWEST_AUTHORITIES) {
      throw new IllegalStateException("only " + found + " certificates of authorities");
    }
    return found;
  }

  private static String tls(Path file)
      throws GeneralSecurityException, IOException, InterruptedException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(file)) {
      keys.load(input, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    try (SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.ofVirtual().start(() -> answer(server));
      try (SSLSocket client =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
        client.startHandshake();
        String agreed =
            client.getSession().getProtocol() + " " + client.getSession().getCipherSuite();
        if (client.getInputStream().read() != '!') {
          throw new IllegalStateException("no answer over TLS");
        }
        answering.join();
        return agreed;
      }
    }
  }

  private static void answer(SSLServerSocket server) {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.getOutputStream().write('!');
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long recording() throws IOException {
    Path file = Files.createTempFile("probe", ".jfr");
    try (Recording recording = new Recording()) {
      List.of("jdk.VirtualThreadPinned", "jdk.SocketRead").forEach(recording::enable);
      recording.start();
      recording.stop();
      recording.dump(file);
      return Files.size(file);
    } finally {
      Files.delete(file);
    }
  }
}
