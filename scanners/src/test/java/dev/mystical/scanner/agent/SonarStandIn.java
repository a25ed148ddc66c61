package dev.mystical.scanner.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers as SonarQube does to what scanners/sonar asks: one project, whose issues come in pages of
 * which the first 10,000 issues can be had.
 */
final class SonarStandIn implements AutoCloseable {
  static final String TOKEN = "sqa_0123456789abcdef0123456789abcdef01234567";
  private static final int WINDOW = 10_000;

  private final HttpServer server;
  private final List<Issue> issues = new CopyOnWriteArrayList<>();
  private final Map<String, Queue<Answer>> scripted = new ConcurrentHashMap<>();
  private final List<String> projects = new CopyOnWriteArrayList<>();
  private final List<String> leaks = new CopyOnWriteArrayList<>();

  /** One issue; its line is its place in the list. */
  record Issue(String key, String severity, String type, int line) {
    String json(String project) {
      return """
      {"key": "%s", "rule": "java:S1", "severity": "%s", "type": "%s", "status": "OPEN",
       "component": "%s:src/A.java", "project": "%s", "line": %d, "message": "m",
       "impacts": [{"softwareQuality": "SECURITY", "severity": "HIGH"}], "flows": []}\
      """
          .formatted(key, severity, type, project, project, line);
    }
  }

  private record Answer(int status, String body) {}

  private SonarStandIn(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.start();
  }

  static SonarStandIn start() throws IOException {
    return new SonarStandIn(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  SonarStandIn has(int number, String severity, String type) {
    for (int i = 0; i < number; i++) {
      int line = issues.size() + 1;
      issues.add(new Issue("i" + line, severity, type, line));
    }
    return this;
  }

  /** The next call gets this answer; several stand in line. */
  SonarStandIn answers(String path, int status, String body) {
    scripted
        .computeIfAbsent(path, unused -> new ConcurrentLinkedQueue<>())
        .add(new Answer(status, body));
    return this;
  }

  SonarStandIn analysed(String date) {
    return answers(
        "/api/project_branches/list",
        200,
        "{\"branches\": [{\"name\": \"main\", \"isMain\": true, \"analysisDate\": \"%s\"}]}"
            .formatted(date));
  }

  SonarStandIn task(String members) {
    return answers("/api/ce/task", 200, "{\"task\": {" + members + "}}");
  }

  /** The projects whose issues were asked for. */
  List<String> projects() {
    return List.copyOf(projects);
  }

  /** Arguments of processes in which the token was seen. */
  List<String> leaks() {
    return List.copyOf(leaks);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // The scanner itself has it among its variables; in arguments it is nobody's.
      Leaks.of(TOKEN).stream().filter(it -> it.contains("/cmdline ")).forEach(leaks::add);
      URI uri = exchange.getRequestURI();
      Answer answer =
          proof().equals(exchange.getRequestHeaders().getFirst("Authorization"))
              ? answer(uri.getPath(), parameters(uri))
              : new Answer(401, "");
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String proof() {
    return "Basic " + Base64.getEncoder().encodeToString((TOKEN + ":").getBytes(UTF_8));
  }

  private Answer answer(String path, Map<String, String> parameters) {
    Queue<Answer> line = scripted.get(path);
    Answer next = line == null ? null : line.poll();
    if (next != null) {
      return next;
    }
    return switch (path) {
      case "/api/server/version" -> new Answer(200, "26.9.0.129388");
      case "/api/ce/task" ->
          new Answer(200, "{\"task\": {\"status\": \"SUCCESS\", \"analysisId\": \"a-1\"}}");
      case "/api/qualitygates/project_status" ->
          new Answer(200, "{\"projectStatus\": {\"status\": \"ERROR\", \"conditions\": []}}");
      case "/api/project_branches/list" ->
          new Answer(200, "{\"branches\": [{\"isMain\": true, \"analysisDate\": \"today\"}]}");
      case "/api/issues/search" -> page(parameters);
      default -> new Answer(404, "{\"errors\": [{\"msg\": \"Unknown url : " + path + "\"}]}");
    };
  }

  private Answer page(Map<String, String> wanted) {
    String project = wanted.getOrDefault("projects", "");
    projects.add(project);
    int size = Integer.parseInt(wanted.getOrDefault("ps", "100"));
    int from = (Integer.parseInt(wanted.getOrDefault("p", "1")) - 1) * size;
    if (from + size > WINDOW) {
      return new Answer(400, "{\"errors\": [{\"msg\": \"Can return only the first 10000\"}]}");
    }
    List<Issue> found = new ArrayList<>(issues);
    found.removeIf(it -> !wanted.getOrDefault("severities", it.severity()).equals(it.severity()));
    found.removeIf(it -> !wanted.getOrDefault("types", it.type()).equals(it.type()));
    if (wanted.getOrDefault("asc", "true").equals("false")) {
      found.sort(Comparator.comparingInt(Issue::line).reversed());
    }
    List<String> page =
        found.stream().skip(from).limit(size).map(issue -> issue.json(project)).toList();
    return new Answer(
        200,
        "{\"paging\": {\"total\": %d}, \"issues\": [%s], \"rules\": [{\"key\": \"java:S1\", \"name\": \"One\"}]}"
            .formatted(found.size(), String.join(",", page)));
  }

  private static Map<String, String> parameters(URI uri) {
    Map<String, String> parameters = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        int equals = pair.indexOf('=');
        parameters.put(
            pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return parameters;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
