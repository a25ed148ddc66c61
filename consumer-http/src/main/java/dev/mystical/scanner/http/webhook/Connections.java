package dev.mystical.scanner.http.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Connects to vetted addresses, and to nothing else. */
final class Connections {
  // A dead address must leave time for the next one.
  private static final int TRIED = 3;

  private final SSLSocketFactory tls;
  private final int limit;

  /**
   * With what proves receivers' identities.
   *
   * @param limit for all of an exchange; the caller watches over it, and this is a second net
   */
  Connections(SSLSocketFactory tls, Duration limit) {
    this.tls = tls;
    this.limit = Math.toIntExact(limit.toMillis());
  }

  /** A socket to the first of the addresses that answers. */
  Socket open(CallbackUrl url, List<InetAddress> addresses) throws IOException {
    IOException refusal = new IOException("no address");
    for (InetAddress address : addresses.subList(0, Math.min(TRIED, addresses.size()))) {
      // Without its own word on it, a socket would go through the JVM's SOCKS proxy.
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.connect(new InetSocketAddress(address, url.port()), Math.max(1, limit / TRIED));
        socket.setSoTimeout(limit);
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        socket.close();
        refusal = e;
      }
    }
    throw refusal;
  }

  /** TLS over it, with a receiver that has proved to be the URL's host. */
  SSLSocket secure(Socket socket, CallbackUrl url) throws IOException {
    SSLSocket secured = (SSLSocket) tls.createSocket(socket, url.host(), url.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    if (url.address().isEmpty()) {
      parameters.setServerNames(List.of(new SNIHostName(url.host())));
    }
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}
