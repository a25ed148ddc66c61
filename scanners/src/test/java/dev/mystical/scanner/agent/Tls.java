package dev.mystical.scanner.agent;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for 127.0.0.1 that the programs which we start are told to trust. */
final class Tls {
  private static final String PASSWORD = "of no use to anyone";
  private static final Tls ONE = create();

  private final Path certificate;
  private final SSLContext context;

  private Tls(Path certificate, SSLContext context) {
    this.certificate = certificate;
    this.context = context;
  }

  /** An HTTPS server on a free port, not started. */
  static HttpsServer server(int port) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(ONE.context));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    return server;
  }

  /** What makes curl and git trust such servers. */
  static Map<String, String> trust() {
    String file = ONE.certificate.toString();
    return Map.of("CURL_CA_BUNDLE", file, "GIT_SSL_CAINFO", file);
  }

  private static Tls create() {
    try {
      Path folder = Files.createTempDirectory("tls");
      folder.toFile().deleteOnExit();
      Path keys = folder.resolve("keys.p12");
      Path certificate = folder.resolve("certificate.pem");
      String store = keys.toString();
      keytool(
          "-genkeypair",
          "-alias",
          "it",
          "-keyalg",
          "EC",
          "-dname",
          "CN=127.0.0.1",
          "-ext",
          "san=ip:127.0.0.1",
          "-ext",
          "bc:c=ca:true",
          "-storetype",
          "PKCS12",
          "-keystore",
          store);
      keytool(
          "-exportcert",
          "-rfc",
          "-alias",
          "it",
          "-file",
          certificate.toString(),
          "-keystore",
          store);
      keys.toFile().deleteOnExit();
      certificate.toFile().deleteOnExit();
      return new Tls(certificate, context(keys));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD));
    Programs.run(Path.of(""), Map.of(), command);
  }

  private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
