package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Where sources come from: the git repositories of a folder, served by git's own program under
 * {@code /git/}, private ones under {@code /private/}, and files under {@code /files/}.
 */
final class SourceServer implements AutoCloseable {
  static final String TOKEN = "ghp_c2VjcmV0LW9mLWEtcHJpdmF0ZS1yZXBvc2l0b3J5";

  private final HttpsServer server;
  private final Path folder;

  private SourceServer(HttpsServer server, Path folder) {
    this.server = server;
    this.folder = folder;
    server.createContext("/git/", exchange -> git(exchange, "/git"));
    server.createContext("/private/", this::privateGit);
    server.createContext("/files/", this::file);
    server.createContext("/moved/", SourceServer::moved);
    server.start();
  }

  static SourceServer start(Path folder) throws IOException {
    return new SourceServer(Tls.server(0), folder);
  }

  String url(String path) {
    return "https://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void file(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path file = folder.resolve(exchange.getRequestURI().getPath().substring("/files/".length()));
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, Files.size(file));
      Files.copy(file, exchange.getResponseBody());
    }
  }

  /** To what is no web address. */
  private static void moved(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
      exchange.sendResponseHeaders(302, -1);
    }
  }

  private void privateGit(HttpExchange exchange) throws IOException {
    String wanted =
        "Basic " + Base64.getEncoder().encodeToString(("me:" + TOKEN).getBytes(ISO_8859_1));
    if (wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      git(exchange, "/private");
      return;
    }
    try (exchange) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
      exchange.sendResponseHeaders(401, -1);
    }
  }

  /** RFC 3875, as far as git's program needs it. */
  private void git(HttpExchange exchange, String prefix) throws IOException {
    try (exchange) {
      ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
      Map<String, String> variables = builder.environment();
      var headers = exchange.getRequestHeaders();
      variables.put("GIT_PROJECT_ROOT", folder.toString());
      variables.put("GIT_HTTP_EXPORT_ALL", "1");
      variables.put("REQUEST_METHOD", exchange.getRequestMethod());
      variables.put("PATH_INFO", exchange.getRequestURI().getPath().substring(prefix.length()));
      variables.put(
          "QUERY_STRING", Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
      variables.put(
          "CONTENT_TYPE", Optional.ofNullable(headers.getFirst("Content-Type")).orElse(""));
      variables.put(
          "HTTP_CONTENT_ENCODING",
          Optional.ofNullable(headers.getFirst("Content-Encoding")).orElse(""));
      Optional.ofNullable(headers.getFirst("Git-Protocol"))
          .ifPresent(it -> variables.put("GIT_PROTOCOL", it));
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (OutputStream to = process.getOutputStream()) {
        exchange.getRequestBody().transferTo(to);
      }
      try (InputStream from = process.getInputStream()) {
        answer(exchange, from);
      }
    }
  }

  private static void answer(HttpExchange exchange, InputStream from) throws IOException {
    int status = 200;
    for (String line = line(from); !line.isEmpty(); line = line(from)) {
      String[] parts = line.split(": ", 2);
      if (parts[0].equals("Status")) {
        status = Integer.parseInt(parts[1].substring(0, 3));
      } else {
        exchange.getResponseHeaders().set(parts[0], parts[1]);
      }
    }
    exchange.sendResponseHeaders(status, 0);
    from.transferTo(exchange.getResponseBody());
  }

  private static String line(InputStream from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int one = from.read(); one != -1 && one != '\n'; one = from.read()) {
      if (one != '\r') {
        line.write(one);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
