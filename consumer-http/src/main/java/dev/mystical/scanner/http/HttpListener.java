package dev.mystical.scanner.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
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
  public static HttpListener start(String host, int port, List<Route> routes) {
    ListenerLimits.apply();
    try {
      InetSocketAddress wanted = new InetSocketAddress(InetAddress.getByName(host), port);
      HttpServer server = HttpServer.create(wanted, BACKLOG);
      ExecutorService threads =
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
      server.setExecutor(threads);
      Router router = new Router(routes);
      server.createContext("/", exchange -> handle(router, exchange));
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

  private static void handle(Router router, HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(router, exchange);
      answer.headers().forEach(it -> exchange.getResponseHeaders().add(it.name(), it.value()));
      byte[] body = answer.content() instanceof Content.Whole whole ? whole.bytes() : new byte[0];
      if (answer.content() instanceof Content.Whole whole) {
        exchange.getResponseHeaders().set("Content-Type", whole.mediaType());
      }
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static Answer answer(Router router, HttpExchange exchange) throws IOException {
    return switch (router.find(exchange.getRequestMethod(), exchange.getRequestURI().toString())) {
      case Router.Routing.Unmet(Answer answer) -> answer;
      case Router.Routing.Met(Route route, Target target) -> {
        Headers headers = Headers.NONE;
        for (Map.Entry<String, List<String>> it : exchange.getRequestHeaders().entrySet()) {
          for (String value : it.getValue()) {
            headers = headers.with(it.getKey(), value);
          }
        }
        try {
          yield route
              .handler()
              .handle(
                  new Request(
                      route.method(),
                      target,
                      headers,
                      exchange.getRequestBody(),
                      exchange.getRemoteAddress().getAddress()));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          yield Answer.problem(503, "closing");
        }
      }
    };
  }

  private static URI address(String host, int port) {
    return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }
}
