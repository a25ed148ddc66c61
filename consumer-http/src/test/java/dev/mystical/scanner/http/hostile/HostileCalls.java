package dev.mystical.scanner.http.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/** Makes calls that no good client makes, close enough to good ones to get somewhere. */
final class HostileCalls {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "BREW");
  private static final List<String> WORDS =
      List.of(
          "",
          "null",
          "0",
          "-1",
          "1e999",
          "999999999999999999999",
          "..",
          "%00",
          "'\"<>",
          "\u0000",
          "ü€💳",
          "\ud800",
          "SUCCEEDED",
          "default",
          "*",
          "a".repeat(300),
          "1-1",
          "18446744073709551615-0",
          "[[[[",
          "{}",
          "$(id)",
          "../../etc/passwd",
          "\r\nX: y");
  private static final String REQUEST =
      """
      {"project": {"key": "payments"}, "target": {"type": "git", "url": "https://g.example/x.git"},
       "providers": ["sonar"], "policy": {"failOn": "high"}, "timeoutSeconds": 100,
       "callback": {"url": "https://ci.example.com/x"}, "tags": {"a": "b"}}\
      """;
  private static final String SARIF =
      """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t", "rules": [{"id": "r"}]}},
       "invocations": [{"executionSuccessful": true}], "results": [{"ruleId": "r", "ruleIndex": 0,
       "level": "error", "message": {"text": "bad"}, "locations": [{"physicalLocation":
       {"artifactLocation": {"uri": "a.java"}, "region": {"startLine": 1}}}]}]}]}\
      """;
  private static final String BEARER =
      """
      {"source": "Bearer", "version": "2.1.0", "findings": [{"id": "r", "title": "t", "severity": "high",
       "filename": "a.rb", "line_number": 3, "fingerprint": "x_0", "cwe_ids": ["89"]}], "errors": []}\
      """;
  private static final String SONAR =
      """
      {"issues": [{"key": "k", "rule": "java:S1", "severity": "MAJOR", "component": "p:a.java", "line": 1,
       "message": "m", "type": "BUG"}], "rules": [], "components": [], "paging": {"total": 1}}\
      """;
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/sarif+json",
          "application/vnd.bearer.v2+json",
          "application/vnd.sonar.issues+json",
          "text/plain",
          "application/json; charset=utf-16",
          "nonsense");

  private final List<String> paths;
  private final String run;
  private final String token;

  record Call(
      String method, String target, Map<String, String> headers, HttpRequest.BodyPublisher body) {}

  HostileCalls(String scan, String run, String token) {
    this.run = "/v1/runs/" + run;
    this.token = token;
    this.paths =
        List.of(
            "/v1/scans",
            "/v1/scans/" + scan,
            "/v1/scans/" + scan + "/report",
            "/v1/scans/" + scan + "/redeliver",
            "/v1/scans/" + scan + "/retry",
            "/v1/scans/unknown/cancel",
            "/v1/errors",
            "/v1/providers",
            this.run + "/start",
            this.run + "/progress",
            this.run + "/report",
            "/nothing");
  }

  Call next(RandomGenerator random) {
    int kind = random.nextInt(10);
    if (kind < 3) {
      return submission(random);
    }
    if (kind < 7) {
      return report(random);
    }
    if (kind < 8) {
      return call(
          "POST",
          run + "/" + any(List.of("start", "progress"), random),
          random,
          broken("{\"task\": \"t\", \"attempt\": 1, \"phase\": \"p\", \"percent\": 5}", random));
    }
    return call(
        any(METHODS, random),
        any(paths, random) + query(random),
        random,
        random.nextBoolean() ? new byte[0] : broken(REQUEST, random));
  }

  private Call submission(RandomGenerator random) {
    Call call = call("POST", "/v1/scans", random, broken(REQUEST, random));
    if (random.nextInt(3) > 0) {
      call.headers().put("Content-Type", "application/json");
    }
    if (random.nextInt(4) == 0) {
      call.headers().put("Idempotency-Key", header(any(WORDS, random)));
    }
    return call;
  }

  private Call report(RandomGenerator random) {
    int format = random.nextInt(3);
    byte[] body = broken(List.of(SARIF, BEARER, SONAR).get(format), random);
    boolean packed = random.nextInt(3) == 0;
    Call call = call("PUT", run + "/report", random, packed ? gzip(body, random) : body);
    call.headers().put("Content-Type", TYPES.get(1 + format));
    if (packed || random.nextInt(9) == 0) {
      call.headers().put("Content-Encoding", random.nextInt(9) == 0 ? "br" : "gzip");
    }
    return call;
  }

  private Call call(String method, String target, RandomGenerator random, byte[] body) {
    Map<String, String> headers = new TreeMap<>();
    headers.put(
        "Authorization", random.nextInt(9) == 0 ? header(any(WORDS, random)) : "Bearer " + token);
    headers.put("Content-Type", any(TYPES, random));
    if (random.nextInt(5) == 0) {
      headers.put(
          any(List.of("Accept-Encoding", "If-None-Match", "traceparent", "Last-Event-ID"), random),
          header(any(WORDS, random)));
    }
    return new Call(method, target, headers, HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private static String query(RandomGenerator random) {
    if (random.nextInt(3) > 0) {
      return "";
    }
    String name =
        any(
            List.of("status", "limit", "cursor", "project", "code", "since", "provider", "x"),
            random);
    return "?" + name + "=" + URLEncoder.encode(any(WORDS, random), UTF_8);
  }

  /** A document with some of its bytes replaced, or something else in place of a value. */
  private static byte[] broken(String document, RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> document.getBytes(UTF_8);
      case 1 -> document.substring(0, random.nextInt(document.length())).getBytes(UTF_8);
      case 2 -> flipped(document.getBytes(UTF_8), random);
      case 3 -> ("[".repeat(1 + random.nextInt(3_000)) + document).getBytes(UTF_8);
      case 4 -> (document + document).getBytes(UTF_8);
      case 5 -> document.replaceFirst(":\\s*\"[^\"]*\"", ": " + nasty(random)).getBytes(UTF_8);
      case 6 ->
          document
              .replaceAll("\"[a-z]\"", "\"" + "x".repeat(random.nextInt(100_000)) + "\"")
              .getBytes(UTF_8);
      default -> {
        byte[] noise = new byte[random.nextInt(2_000)];
        random.nextBytes(noise);
        yield noise;
      }
    };
  }

  private static String nasty(RandomGenerator random) {
    return any(
        List.of(
            "null",
            "[]",
            "{}",
            "1e400",
            "-0",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "true",
            "{\"a\":".repeat(500) + "1" + "}".repeat(500),
            "9".repeat(400)),
        random);
  }

  private static byte[] flipped(byte[] bytes, RandomGenerator random) {
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Some of them unpack to far more than they are. */
  private static byte[] gzip(byte[] body, RandomGenerator random) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
      if (random.nextInt(200) == 0) {
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        for (int i = 0; i < 30; i++) {
          out.write(blanks);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = packed.toByteArray();
    return random.nextInt(4) == 0 ? flipped(bytes, random) : bytes;
  }

  /** What the client's library lets through. */
  private static String header(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?").strip();
  }

  private static <T> T any(List<T> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }
}
