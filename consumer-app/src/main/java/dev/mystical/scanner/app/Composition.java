package dev.mystical.scanner.app;

import dev.mystical.scanner.app.consume.Consumer;
import dev.mystical.scanner.app.consume.LaunchWork;
import dev.mystical.scanner.app.deadletters.DeadLetterSource;
import dev.mystical.scanner.app.deadletters.DeadLetterWatch;
import dev.mystical.scanner.app.deliver.Deliverer;
import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.HealthBoard.Dependency;
import dev.mystical.scanner.app.health.Pulse;
import dev.mystical.scanner.app.loop.Loop;
import dev.mystical.scanner.app.metrics.Counters;
import dev.mystical.scanner.app.metrics.CountingLedger;
import dev.mystical.scanner.app.metrics.Meters;
import dev.mystical.scanner.app.reconcile.Reconciler;
import dev.mystical.scanner.app.settings.Secret;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.app.supervise.Supervisor;
import dev.mystical.scanner.app.supervise.TaskNews;
import dev.mystical.scanner.app.supervise.Tending;
import dev.mystical.scanner.domain.collect.ReportStore;
import dev.mystical.scanner.domain.deliver.DeliveryPolicy;
import dev.mystical.scanner.domain.deliver.Outbox;
import dev.mystical.scanner.domain.launch.LaunchPolicy;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.ledger.ScanLedger;
import dev.mystical.scanner.domain.reconcile.Reconciliation;
import dev.mystical.scanner.domain.supervise.AttemptLimits;
import dev.mystical.scanner.domain.supervise.CallPace;
import dev.mystical.scanner.domain.supervise.RunTimers;
import dev.mystical.scanner.domain.supervise.Supervision;
import dev.mystical.scanner.files.FolderReportStore;
import dev.mystical.scanner.redis.index.RedisScanIndex;
import dev.mystical.scanner.redis.ledger.LedgerTerms;
import dev.mystical.scanner.redis.ledger.RedisScanLedger;
import dev.mystical.scanner.redis.outbox.RedisOutbox;
import dev.mystical.scanner.redis.pace.PaceTerms;
import dev.mystical.scanner.redis.pace.RedisCallPace;
import dev.mystical.scanner.redis.pace.RedisLaunchPace;
import dev.mystical.scanner.redis.progress.RedisProgressBoard;
import dev.mystical.scanner.redis.reconcile.RedisReconcileTurns;
import dev.mystical.scanner.redis.reports.RedisReportStore;
import dev.mystical.scanner.redis.timers.RedisRunTimers;
import dev.mystical.scanner.wire.JsonRequestDecoder;
import dev.mystical.scanner.wire.RequestDocument;
import dev.mystical.scanner.wire.RequestRules;
import dev.mystical.scanner.wire.TaskEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the parts of a server out of its settings and connections; each part once. */
final class Composition {
  private static final Logger LOG = LoggerFactory.getLogger(Composition.class);
  private static final Duration LONGEST_POLL = Duration.ofSeconds(40);
  private static final Duration FIRST_WALK = Duration.ofSeconds(10);
  private static final Duration LONGEST_WALK = Duration.ofMinutes(10);
  private static final Duration AFTER_SWEEP = Duration.ofSeconds(1);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);

  private final Settings settings;
  private final Connections connections;
  private final HealthBoard health;
  private final Counters counters;
  private final InstantSource clock;
  private final Optional<TokenKey> key;
  private final ScanLedger ledger;
  private final Optional<FolderReportStore> folder;
  private final ReportStore reports;
  private final Outbox outbox;
  private final RedisLaunchPace pace;
  private final RunTimers timers;
  private final CallPace calls;
  private final LaunchPolicy policy;
  private final Random random = new Random();

  Composition(
      Settings settings,
      Connections connections,
      HealthBoard health,
      Meters meters,
      InstantSource clock) {
    this.settings = settings;
    this.connections = connections;
    this.health = health;
    this.counters = meters.counters();
    this.clock = clock;
    this.key = settings.api().tokenKey().map(Secret::value).map(TokenKey::new);
    LedgerTerms terms = LedgerTerms.keeping(settings.reports().retention());
    this.ledger =
        new CountingLedger(
            new RedisScanLedger(
                connections.redis(), connections.keys(), connections.stamp(), terms),
            meters.scans());
    this.outbox = new RedisOutbox(connections.redis(), connections.keys(), terms.retention());
    this.folder =
        settings
            .reports()
            .folder()
            .map(path -> new FolderReportStore(path, terms.reports(), InstantSource.system()));
    this.reports =
        folder
            .<ReportStore>map(it -> it)
            .orElseGet(() ->
                new RedisReportStore(connections.redis(), connections.keys(), terms.reports()));
    PaceTerms launching = PaceTerms.of(settings.launch().rate(), settings.launch().burst());
    this.pace = new RedisLaunchPace(connections.redis(), connections.keys(), launching);
    this.timers = new RedisRunTimers(connections.redis(), connections.keys());
    this.calls = new RedisCallPace(connections.redis(), connections.keys(), launching);
    this.policy =
        new LaunchPolicy(
            settings.providers().stream()
                .collect(Collectors.toMap(Provider::id, Function.identity())),
            settings.site(),
            settings.launch().limits(),
            new TaskRequests(key, RequestDocument::origin));
  }

  /** What is served to clients and to the containers of runs. */
  ApiRole api(RequestRules rules) {
    return new ApiRole(
        new ApiRole.Shared(
            settings,
            connections,
            ledger,
            new RedisScanIndex(connections.redis(), connections.keys(), ledger),
            reports,
            outbox,
            new RedisProgressBoard(connections.redis(), connections.keys()),
            clock),
        rules);
  }

  /** The loop that deletes reports that nobody keeps, where they are in a folder. */
  Optional<Loop> reportSweeper() {
    return folder.map(store ->
        new Loop(
            "report-sweeper",
            () -> {
              int swept = store.sweep();
              return swept > 0 ? AFTER_SWEEP : BETWEEN_SWEEPS;
            },
            LONGEST_WALK,
            clock,
            random));
  }

  Deliverer deliverer() {
    if (settings.webhooks().secrets().isEmpty()) {
      LOG.warn("event=webhooks-unsigned reason=\"WEBHOOK_SECRET is not set\"");
    }
    return new Deliverer(
        new Deliverer.Parts(
            outbox,
            connections.webhooks(),
            DeliveryPolicy.STANDARD,
            connections.feed(),
            health,
            counters),
        clock,
        random);
  }

  Consumer consumer(RequestRules rules) {
    return new Consumer(
        settings.queue().maxInFlight(),
        new Consumer.Queueing(
            connections.aws().queue(settings.queue().url()),
            found ->
                connections.aws().deadLetters(settings.queue().deadLetterUrl().or(() -> found)),
            new JsonRequestDecoder(rules),
            key),
        new Consumer.Launching(
            policy, connections.aws().launcher(), connections.aws().tasks(), pace),
        new Consumer.Records(ledger, connections.feed(), health, counters),
        new Consumer.Surroundings(clock, random));
  }

  Supervisor supervisor() {
    Tending tending =
        new Tending(
            new Supervision(
                settings.launch().limits(),
                new AttemptLimits(
                    settings.launch().maxAttempts(), settings.launch().spotAttempts())),
            new Tending.Ports(
                ledger, timers, connections.aws().watcher(), connections.aws().tasks(), calls),
            new Tending.Told(connections.feed(), health, counters));
    LaunchWork.Parts launches =
        new LaunchWork.Parts(
            policy,
            ledger,
            connections.aws().launcher(),
            connections.aws().tasks(),
            pace,
            connections.feed(),
            health);
    return new Supervisor(tending, launches, new Supervisor.Surroundings(clock, random));
  }

  /** The loop that receives task events, where there is a queue of them. */
  Optional<Loop> taskNews() {
    return settings
        .queue()
        .taskEventsUrl()
        .map(url ->
            new TaskNews(
                new TaskNews.Parts(
                    connections.aws().queue(url),
                    TaskEvents::read,
                    timers,
                    connections.feed(),
                    counters)))
        .map(news -> new Loop("task-events", news::turn, LONGEST_POLL, clock, random));
  }

  /** The loop that makes the ledger agree with the tasks that there are. */
  Loop reconciler() {
    Reconciler reconciler =
        new Reconciler(
            new Reconciler.Parts(
                new Reconciliation(key, RequestDocument::readable, settings.ecs().cluster()),
                new RedisReconcileTurns(
                    connections.redis(), connections.keys(), connections.node()),
                connections.aws().sweep(),
                connections.aws().watcher(),
                calls,
                ledger,
                connections.feed(),
                health),
            Reconciler.SECOND_LOOK,
            Thread::sleep,
            random);
    return new Loop("reconciler", reconciler::turn, Reconciler.LONGEST_TURN, clock, random);
  }

  /** The loop that asks after those services that no other loop asks. */
  Loop pulse(Set<Dependency> unasked) {
    Map<Dependency, Pulse.Question> questions = new EnumMap<>(Dependency.class);
    questions.put(Dependency.SQS, () -> connections.aws().ask(settings.queue().url()));
    questions.put(Dependency.REDIS, () -> ledger.settled(Pulse.NO_MESSAGE));
    questions.keySet().retainAll(unasked);
    Pulse pulse = new Pulse(questions, health);
    return new Loop("pulse", pulse, LONGEST_POLL, clock, random);
  }

  /** The loop that looks after messages that the queue has given up. */
  Loop deadLetters(RequestRules rules) {
    DeadLetterWatch watch =
        new DeadLetterWatch(
            new DeadLetterWatch.Parts(
                new DeadLetterSource(
                    connections.aws().queue(settings.queue().url()),
                    settings.queue().deadLetterUrl(),
                    connections.aws()::deadLetterBox),
                new JsonRequestDecoder(rules),
                key,
                ledger,
                connections.feed()),
            clock);
    return new Loop("dead-letters", new Later(FIRST_WALK, watch), LONGEST_WALK, clock, random);
  }

  /** Something for which there is time at the start; touched by its loop alone. */
  private static final class Later implements Loop.Turn {
    private final Duration pause;
    private final Loop.Turn turn;
    private boolean begun;

    Later(Duration pause, Loop.Turn turn) {
      this.pause = pause;
      this.turn = turn;
    }

    @Override
    public Duration take() throws InterruptedException {
      if (begun) {
        return turn.take();
      }
      begun = true;
      return pause;
    }
  }
}
