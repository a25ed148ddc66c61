package dev.mystical.scanner.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for HTTP, and answers {@code /livez}, {@code /readyz} and {@code /metrics}. One virtual
 * thread a request. Listens from {@link #start} until {@link #close}.
 */
public final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final int BACKLOG = 128;

  private final HttpServer server;
  private final ExecutorService threads;
  private final URI address;

  private HttpListener(HttpServer server, ExecutorService threads, URI address) {
    this.server = server;
    this.threads = threads;
    this.address = address;
  }

  /**
   * Binds and listens; port 0 takes a free one. Throws {@link UncheckedIOException} where it cannot
   * listen, with a message for people.
   */
  public static HttpListener start(String host, int port, HealthView health, MetricsView metrics) {
    ListenerLimits.apply();
    try {
      InetSocketAddress wanted = new InetSocketAddress(InetAddress.getByName(host), port);
      HttpServer server = HttpServer.create(wanted, BACKLOG);
      ExecutorService threads =
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
      server.setExecutor(threads);
      server.createContext(
          "/",
          new Router(
              Map.of(
                  "/livez", () -> HealthDocuments.live(health),
                  "/readyz", () -> HealthDocuments.ready(health),
                  "/metrics",
                      () ->
                          Answer.of(
                              200, PrometheusText.TYPE, PrometheusText.of(metrics.metrics())))));
      server.start();
      URI address = address(host, server.getAddress().getPort());
      LOG.info("api listening on {}", address);
      return new HttpListener(server, threads, address);
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("cannot listen on %s: %s".formatted(address(host, port), e), e));
    }
  }

  /** Where it listens, with the port that was taken. */
  public URI address() {
    return address;
  }

  /** Stops at once; a request that is being answered is cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static URI address(String host, int port) {
    return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }
}
