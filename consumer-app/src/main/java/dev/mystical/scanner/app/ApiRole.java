package dev.mystical.scanner.app;

import dev.mystical.scanner.app.settings.Secret;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.collect.ProgressBoard;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.ScanIndex;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.scan.Tenant;
import dev.mystical.scanner.http.Route;
import dev.mystical.scanner.http.api.ApiKeys;
import dev.mystical.scanner.http.api.ApiParts;
import dev.mystical.scanner.http.api.ApiRoutes;
import dev.mystical.scanner.http.live.LiveHub;
import dev.mystical.scanner.http.runs.RunParts;
import dev.mystical.scanner.http.runs.RunRoutes;
import dev.mystical.scanner.http.webhook.CallbackRules;
import dev.mystical.scanner.redis.feed.StreamReader;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestRules;
import dev.mystical.scanner.wire.report.ReportLimits;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process with the role {@code api} serves. */
final class ApiRole implements AutoCloseable {
  private static final int MOST_FOLLOWERS = 1_000;

  /** Each takes up to 400 MB on disk, and a processor for some seconds. */
  private static final int REPORTS_AT_ONCE = 4;

  /** Where scanners' images have what they scan: paths of findings begin there. */
  private static final List<String> WORK_FOLDERS = List.of("/src", "/scan/source");

  private final List<Route> routes;
  private final LiveHub<StateChange> events;
  private final LiveHub<ErrorEntry> errors;
  private final ReportScratch scratch;

  /** What it shares with the other roles. */
  record Shared(
      Settings settings,
      Connections connections,
      ScanLedger ledger,
      ScanIndex index,
      ReportStore reports,
      Outbox outbox,
      ProgressBoard progress,
      InstantSource clock) {}

  ApiRole(Shared shared, RequestRules rules) {
    Settings settings = shared.settings();
    Connections connections = shared.connections();
    EntryLog<ErrorEntry> errorLog = StreamReader.errors(connections.redis(), connections.keys());
    this.events =
        new LiveHub<>(
            StreamReader.events(connections.redis(), connections.keys()), "events", MOST_FOLLOWERS);
    this.errors = new LiveHub<>(errorLog, "errors", MOST_FOLLOWERS);
    Optional<TokenKey> key = settings.api().tokenKey().map(Secret::value).map(TokenKey::new);
    Set<Tenant> tenants = tenants(settings);
    this.scratch = ReportScratch.in(settings.node().spoolFolder());
    List<Route> all = new ArrayList<>();
    all.addAll(
        ApiRoutes.of(
            new ApiParts(
                new ApiParts.Access(keys(settings), shared.clock()),
                new ApiParts.Intake(
                    new JsonRequestDecoder(rules.from(RequestRules.Sender.CLIENT)),
                    CallbackRules.of(settings.webhooks().allow()),
                    connections.aws().sender(settings.queue().url())::send,
                    key,
                    new SecureRandom()),
                new ApiParts.Records(
                    shared.ledger(),
                    shared.index(),
                    new ApiParts.Reports(shared.reports(), connections.feed()),
                    shared.outbox(),
                    shared.progress(),
                    errorLog),
                new ApiParts.Live(events, errors),
                () -> offers(settings, rules)),
            tenants));
    all.addAll(
        RunRoutes.of(
            new RunParts(
                key,
                tenants,
                shared.ledger(),
                shared.reports(),
                shared.progress(),
                connections.feed(),
                new RunParts.ReportTerms(
                    ReportLimits.STANDARD, WORK_FOLDERS, scratch.folder(), REPORTS_AT_ONCE))));
    this.routes = List.copyOf(all);
  }

  List<Route> routes() {
    return routes;
  }

  /** Those who follow are told that it is over. */
  @Override
  public void close() {
    events.close();
    errors.close();
    scratch.close();
  }

  private static ApiKeys keys(Settings settings) {
    return ApiKeys.of(
        settings.api().keys().stream()
            .map(key -> new ApiKeys.Key(tenant(key), key.digest()))
            .toList());
  }

  private static Optional<Tenant> tenant(Settings.ApiKey key) {
    return key.tenant().equals(Settings.ApiKey.OPERATOR)
        ? Optional.empty()
        : Optional.of(new Tenant(key.tenant()));
  }

  /** Whoever has a key, and the one whose messages are not signed. */
  private static Set<Tenant> tenants(Settings settings) {
    return Stream.concat(
            Stream.of(Tenant.DEFAULT),
            settings.api().keys().stream().flatMap(key -> tenant(key).stream()))
        .collect(Collectors.toSet());
  }

  private static List<ApiParts.Offer> offers(Settings settings, RequestRules rules) {
    List<ApiParts.Offer> offers = new ArrayList<>();
    settings
        .providers()
        .forEach(provider ->
            offers.add(
                new ApiParts.Offer(
                    provider.id().value(),
                    provider.taskDefinition(),
                    provider.container(),
                    "ready",
                    Optional.empty())));
    rules
        .off()
        .forEach((id, why) ->
            offers.add(new ApiParts.Offer(id.value(), "", "", "off", Optional.of(why))));
    return List.copyOf(offers);
  }
}
