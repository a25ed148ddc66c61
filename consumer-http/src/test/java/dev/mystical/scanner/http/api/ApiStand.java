package dev.mystical.scanner.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.collect.InMemoryProgressBoard;
import dev.mystical.scanner.domain.collect.InMemoryReportStore;
import dev.mystical.scanner.domain.collect.ReportKey;
import dev.mystical.scanner.domain.deliver.InMemoryOutbox;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.RecordingErrorFeed;
import dev.mystical.scanner.domain.feed.Redactor;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.Commit;
import dev.mystical.scanner.domain.ledger.CommitResult;
import dev.mystical.scanner.domain.ledger.Found;
import dev.mystical.scanner.domain.ledger.InMemoryScanIndex;
import dev.mystical.scanner.domain.ledger.InMemoryScanLedger;
import dev.mystical.scanner.domain.ledger.ScanEvent;
import dev.mystical.scanner.domain.live.InMemoryEntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.domain.simulation.MovableClock;
import dev.mystical.scanner.http.HealthRoutes;
import dev.mystical.scanner.http.HealthView;
import dev.mystical.scanner.http.HttpListener;
import dev.mystical.scanner.http.MetricsView;
import dev.mystical.scanner.http.Route;
import dev.mystical.scanner.http.live.LiveHub;
import dev.mystical.scanner.http.runs.RunParts;
import dev.mystical.scanner.http.runs.RunRoutes;
import dev.mystical.scanner.http.webhook.CallbackRules;
import dev.mystical.scanner.wire.CloudEvents;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestRules;
import dev.mystical.scanner.wire.report.ReportLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** The whole API behind a listener, with everything outside in memory. */
final class ApiStand implements AutoCloseable {
  static final Tenant ACME = new Tenant("acme");
  static final Tenant OTHER = new Tenant("other");
  static final String ACME_KEY = "key-of-acme";
  static final String ACME_SECOND_KEY = "second-key-of-acme";
  static final String OTHER_KEY = "key-of-other";
  static final String OPERATOR_KEY = "key-of-the-operator";
  static final TokenKey TOKEN_KEY = new TokenKey("a secret that has 32 bytes or more");
  static final int MOST_READERS = 2;

  final MovableClock clock = new MovableClock();
  final InMemoryScanLedger ledger = new InMemoryScanLedger(clock);
  final InMemoryScanIndex index = new InMemoryScanIndex(ledger);
  final InMemoryReportStore reports = new InMemoryReportStore(clock, Duration.ofDays(7));
  final InMemoryOutbox outbox = new InMemoryOutbox(ledger, clock);
  final InMemoryProgressBoard progress = new InMemoryProgressBoard(clock);
  final InMemoryEntryLog<StateChange> changes = new InMemoryEntryLog<>(clock, 10_000);
  final InMemoryEntryLog<ErrorEntry> errors = new InMemoryEntryLog<>(clock, 10_000);
  final RecordingErrorFeed feed = new RecordingErrorFeed(clock, new Redactor(List.of()));
  final RecordingSender sender = new RecordingSender();
  final ScriptedHealth health = new ScriptedHealth();
  private final LiveHub<StateChange> events = new LiveHub<>(changes, "events", MOST_READERS);
  private final LiveHub<ErrorEntry> errorHub = new LiveHub<>(errors, "errors", MOST_READERS);
  private final HttpListener listener;

  /** With these keys; with none of them it is open. */
  ApiStand(List<ApiKeys.Key> keys, Path scratch) {
    List<Route> routes =
        new ArrayList<>(ApiRoutes.of(parts(keys), Set.of(Tenant.DEFAULT, ACME, OTHER)));
    routes.addAll(RunRoutes.of(runParts(scratch)));
    routes.addAll(
        HealthRoutes.of(
            health,
            () ->
                List.of(
                    MetricsView.Metric.of("scanner_load", "Load.", MetricsView.Type.GAUGE, 1))));
    this.listener = HttpListener.start("127.0.0.1", 0, routes);
  }

  static ApiStand withKeys(Path scratch) {
    return new ApiStand(
        List.of(
            key(Optional.of(ACME), ACME_KEY),
            key(Optional.of(ACME), ACME_SECOND_KEY),
            key(Optional.of(OTHER), OTHER_KEY),
            key(Optional.empty(), OPERATOR_KEY)),
        scratch);
  }

  static ApiKeys.Key key(Optional<Tenant> tenant, String key) {
    return new ApiKeys.Key(tenant, Digests.sha256(key.getBytes(UTF_8)));
  }

  URI address() {
    return listener.address();
  }

  private ApiParts parts(List<ApiKeys.Key> keys) {
    RequestRules rules =
        new RequestRules(
            Set.of(SampleScans.SONAR, SampleScans.MYSTICAL),
            RequestRules.Sender.CLIENT,
            RequestRules.PathTargets.REFUSED);
    return new ApiParts(
        new ApiParts.Access(ApiKeys.of(keys), clock),
        new ApiParts.Intake(
            new JsonRequestDecoder(rules),
            CallbackRules.of(List.of()),
            sender,
            Optional.of(TOKEN_KEY),
            new SecureRandom()),
        new ApiParts.Records(
            ledger, index, new ApiParts.Reports(reports, feed), outbox, progress, errors),
        new ApiParts.Live(events, errorHub),
        () ->
            List.of(
                new ApiParts.Offer("sonar", "sonar:7", "scanner", "ready", Optional.empty()),
                new ApiParts.Offer("pmd", "", "", "off", Optional.of("it has no container"))));
  }

  private RunParts runParts(Path scratch) {
    return new RunParts(
        Optional.of(TOKEN_KEY),
        Set.of(Tenant.DEFAULT, ACME, OTHER),
        ledger,
        reports,
        progress,
        feed,
        new RunParts.ReportTerms(
            new ReportLimits(1_000, 10_000, 100, 100, 100), List.of("/src"), scratch, 2));
  }

  /** A scan that the ledger has; its changes of state are told. */
  Scan note(Scan scan) throws InterruptedException {
    Found found = ledger.load(scan.key());
    Commit commit =
        found.entry() instanceof Found.Versioned known
            ? Commit.of(known, scan, clock.instant())
            : Commit.of(scan, clock.instant());
    assertThat(ledger.commit(commit)).isInstanceOf(CommitResult.Committed.class);
    commit.events().forEach(this::tell);
    return scan;
  }

  private void tell(ScanEvent event) {
    ScanKey key = event.scan().key();
    changes.append(
        new StateChange(
            event.type().value(), key.tenant().value(), key.id().value(), CloudEvents.json(event)));
  }

  Scan stored(ScanKey key) throws InterruptedException {
    return ((Found.Versioned) ledger.load(key).entry()).scan();
  }

  Instant now() {
    return clock.instant();
  }

  /** A report in the store, under its own hash. */
  ReportKey store(ScanKey scan, ProviderId provider, String document)
      throws IOException, InterruptedException {
    byte[] bytes = document.getBytes(UTF_8);
    ReportKey key = new ReportKey(scan, provider, Digests.sha256(bytes));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    reports.put(key, new ByteArrayInputStream(packed.toByteArray()));
    return key;
  }

  @Override
  public void close() {
    events.close();
    errorHub.close();
    listener.close();
  }

  /** Health as a test wants it. */
  static final class ScriptedHealth implements HealthView {
    volatile boolean turning = true;
    volatile boolean draining;

    @Override
    public List<Loop> loops() {
      return List.of(new Loop("poller", turning, MovableClock.START));
    }

    @Override
    public List<Dependency> dependencies() {
      return List.of(new Dependency("redis", Status.DEGRADED, MovableClock.START, "slow"));
    }

    @Override
    public boolean draining() {
      return draining;
    }
  }
}
