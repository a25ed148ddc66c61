package dev.mystical.scanner.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the answer to a request, and writes it. Used by many threads; has no state. */
final class Router implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final int LONGEST_URI = 2048;

  private final Map<String, Supplier<Answer>> pages;

  /** Answers GET and HEAD for each path in the map. */
  Router(Map<String, Supplier<Answer>> pages) {
    this.pages = Map.copyOf(pages);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      write(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) {
    if (exchange.getRequestURI().toString().length() > LONGEST_URI) {
      return Answer.problem(414, "URI Too Long", "the URI may have 2048 characters");
    }
    Supplier<Answer> page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return Answer.problem(404, "Not Found", "there is nothing at this path");
    }
    if (!METHODS.contains(exchange.getRequestMethod())) {
      return Answer.problem(405, "Method Not Allowed", "use GET or HEAD")
          .with("Allow", "GET, HEAD");
    }
    try {
      return page.get();
    } catch (RuntimeException e) {
      LOG.error("event=http.failed path={}", exchange.getRequestURI().getPath(), e);
      return Answer.problem(500, "Internal Server Error", "the log says more");
    }
  }

  private static void write(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(headers::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
