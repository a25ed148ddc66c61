package dev.mystical.scanner.http.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.collect.InMemoryProgressBoard;
import dev.mystical.scanner.domain.collect.InMemoryReportStore;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Answer;
import dev.mystical.scanner.http.Content;
import dev.mystical.scanner.http.Headers;
import dev.mystical.scanner.http.Request;
import dev.mystical.scanner.http.Route;
import dev.mystical.scanner.http.Target;
import dev.mystical.scanner.wire.report.ReportLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A container of one run, and the server that it calls, without a network between them. */
final class RunCaller {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final TokenKey KEY = new TokenKey("a secret that has 32 bytes or more");
  static final Tenant ACME = new Tenant("acme");

  final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  final InMemoryScanLedger ledger = new InMemoryScanLedger(clock::get);
  final InMemoryReportStore reports = new InMemoryReportStore(clock::get, Duration.ofDays(7));
  final InMemoryProgressBoard progress = new InMemoryProgressBoard(clock::get);
  final RecordingErrorFeed feed = new RecordingErrorFeed(clock::get, new Redactor(List.of()));
  private final List<Route> routes;
  private final ScanKey key;
  private final ProviderId provider;

  RunCaller(Scan scan, ProviderId provider, Path scratch, ReportLimits limits)
      throws InterruptedException {
    this.key = scan.key();
    this.provider = provider;
    ledger.commit(Commit.of(scan, NOW));
    this.routes =
        RunRoutes.of(
            new RunParts(
                Optional.of(KEY),
                Set.of(Tenant.DEFAULT, ACME),
                ledger,
                reports,
                progress,
                feed,
                new RunParts.ReportTerms(limits, List.of("/src"), scratch, 2)));
  }

  Scan scan() throws InterruptedException {
    return ((Found.Versioned) ledger.load(key).entry()).scan();
  }

  void change(Scan after) throws InterruptedException {
    Found found = ledger.load(key);
    ledger.commit(Commit.of((Found.Versioned) found.entry(), after, found.now()));
  }

  /** The token of the run's last attempt. */
  String token() throws InterruptedException {
    return token(scan().run(provider).attempts().getLast());
  }

  String token(Attempt attempt) throws InterruptedException {
    return TaskRequests.token(KEY, scan().runId(provider), attempt);
  }

  Answer json(String call, String document) throws IOException, InterruptedException {
    return call("POST", call, token(), Map.of("Content-Type", "application/json"), document);
  }

  Answer report(String document) throws IOException, InterruptedException {
    return call(
        "PUT", "report", token(), Map.of("Content-Type", "application/sarif+json"), document);
  }

  Answer call(
      String method, String call, String token, Map<String, String> headers, String document)
      throws IOException, InterruptedException {
    return call(method, key.id() + "." + provider, call, token, headers, document.getBytes(UTF_8));
  }

  Answer call(
      String method,
      String run,
      String call,
      String token,
      Map<String, String> headers,
      byte[] body)
      throws IOException, InterruptedException {
    String template = "/v1/runs/{runId}/" + call;
    Headers sent = Headers.NONE.with("Authorization", "Bearer " + token);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      sent = sent.with(header.getKey(), header.getValue());
    }
    Route route =
        routes.stream()
            .filter(it -> it.method().equals(method) && it.template().equals(template))
            .findFirst()
            .orElseThrow();
    return route
        .handler()
        .handle(
            new Request(
                method,
                Target.of(template, template.replace("{runId}", run), Map.of("runId", run)),
                sent,
                new ByteArrayInputStream(body),
                InetAddress.getLoopbackAddress()));
  }

  static String text(Answer answer) {
    return answer.content() instanceof Content.Whole whole ? new String(whole.bytes(), UTF_8) : "";
  }
}
