package dev.mystical.scanner.http.hostile;

import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.collect.InMemoryProgressBoard;
import dev.mystical.scanner.domain.collect.InMemoryReportStore;
import dev.mystical.scanner.domain.deliver.InMemoryOutbox;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.InMemoryScanIndex;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.live.InMemoryEntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.queue.MessageId;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.simulation.Seeds;
import dev.mystical.scanner.http.HttpListener;
import dev.mystical.scanner.http.Route;
import dev.mystical.scanner.http.api.ApiKeys;
import dev.mystical.scanner.http.api.ApiParts;
import dev.mystical.scanner.http.api.ApiRoutes;
import dev.mystical.scanner.http.live.LiveHub;
import dev.mystical.scanner.http.runs.RunParts;
import dev.mystical.scanner.http.runs.RunRoutes;
import dev.mystical.scanner.http.webhook.CallbackRules;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestRules;
import dev.mystical.scanner.wire.report.ReportLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent to any call, the answer is a good one or a problem document, nothing is left
 * behind, and the next client is served.
 */
class HostileCallsIT {
  private static final int CALLS = 10_000;
  private static final TokenKey KEY = new TokenKey("a secret that has 32 bytes or more");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

  @TempDir private Path scratch;

  /** It goes on with each call, so that no limit of rates is met. */
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);

  private final InstantSource time = clock::get;
  private final InMemoryScanLedger ledger = new InMemoryScanLedger(time);
  private final InMemoryEntryLog<StateChange> events = new InMemoryEntryLog<>(time, 100);
  private final InMemoryEntryLog<ErrorEntry> errors = new InMemoryEntryLog<>(time, 100);
  private final LiveHub<StateChange> eventHub = new LiveHub<>(events, "events", 10);
  private final LiveHub<ErrorEntry> errorHub = new LiveHub<>(errors, "errors", 10);
  private final HttpClient http = HttpClient.newHttpClient();
  private final ScanKey key = new ScanKey(Tenant.DEFAULT, SampleScans.newKey().id());
  private HttpListener listener;
  private String token;

  @BeforeEach
  void listen() throws InterruptedException {
    Scan scan =
        SampleScans.queued(key, SampleScans.plain(SONAR), NOW)
            .with(SONAR, it -> it.launching(SampleScans.attempt(NOW)), NOW)
            .with(SONAR, it -> it.launched(new TaskArn("arn:task/1"), NOW), NOW);
    ledger.commit(Commit.of(scan, NOW));
    token = TaskRequests.token(KEY, scan.runId(SONAR), scan.run(SONAR).attempts().getLast());
    List<Route> routes = new ArrayList<>();
    InMemoryReportStore reports = new InMemoryReportStore(time, Duration.ofDays(7));
    InMemoryProgressBoard progress = new InMemoryProgressBoard(time);
    routes.addAll(
        ApiRoutes.of(
            new ApiParts(
                new ApiParts.Access(ApiKeys.of(List.of()), time),
                new ApiParts.Intake(
                    new JsonRequestDecoder(
                        new RequestRules(
                            Set.of(SONAR),
                            RequestRules.Sender.CLIENT,
                            RequestRules.PathTargets.REFUSED)),
                    CallbackRules.of(List.of()),
                    (body, attributes) -> new MessageId("m-1"),
                    Optional.of(KEY),
                    new Random(0)),
                new ApiParts.Records(
                    ledger,
                    new InMemoryScanIndex(ledger),
                    new ApiParts.Reports(
                        reports, new RecordingErrorFeed(time, new Redactor(List.of()))),
                    new InMemoryOutbox(ledger, time),
                    progress,
                    errors),
                new ApiParts.Live(eventHub, errorHub),
                List::of),
            Set.of(Tenant.DEFAULT)));
    routes.addAll(
        RunRoutes.of(
            new RunParts(
                Optional.of(KEY),
                Set.of(Tenant.DEFAULT),
                ledger,
                reports,
                progress,
                new RecordingErrorFeed(time, new Redactor(List.of())),
                new RunParts.ReportTerms(ReportLimits.STANDARD, List.of("/src"), scratch, 4))));
    listener = HttpListener.start("127.0.0.1", 0, routes);
  }

  @AfterEach
  void close() {
    eventHub.close();
    errorHub.close();
    http.shutdownNow();
    listener.close();
  }

  @Test
  void everyAnswerIsAGoodOneOrAProblem() throws IOException, InterruptedException {
    HostileCalls calls = new HostileCalls(key.id().value(), key.id() + "." + SONAR, token);
    Seeds.check(CALLS, (seed, random) -> check(calls.next(random)));

    try (var files = Files.list(scratch)) {
      assertThat(files).as("what is left in the scratch folder").isEmpty();
    }
    HttpResponse<String> healthy =
        http.send(
            HttpRequest.newBuilder(listener.address().resolve("/v1/scans/" + key.id())).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(healthy.statusCode()).isEqualTo(200);
  }

  private void check(HostileCalls.Call call) throws IOException, InterruptedException {
    clock.updateAndGet(it -> it.plusMillis(50));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(listener.address() + call.target()))
            .timeout(Duration.ofSeconds(30))
            .method(call.method(), call.body());
    call.headers().forEach(request::header);
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());

    String told = "%s %s answered %d".formatted(call.method(), call.target(), answer.statusCode());
    // That there is no such method at all is the one thing that HTTP calls the server's fault.
    boolean unknown = call.method().equals("BREW") && answer.statusCode() == 501;
    assertThat(unknown ? 405 : answer.statusCode()).as(told).isBetween(200, 499);
    if (answer.statusCode() >= 400 && !call.method().equals("HEAD")) {
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(told)
          .contains("application/problem+json");
      assertThat(answer.body()).as(told).contains("\"status\":" + answer.statusCode());
    } else if (!WITHOUT_BODY.contains(answer.statusCode())
        && !Set.of("HEAD", "OPTIONS").contains(call.method())) {
      assertThat(answer.headers().firstValue("Content-Type")).as(told).isPresent();
    }
  }
}
