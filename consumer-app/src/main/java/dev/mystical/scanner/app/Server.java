package dev.mystical.scanner.app;

import dev.mystical.scanner.app.command.ProgramVersion;
import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.Needs;
import dev.mystical.scanner.app.health.ServerHealth;
import dev.mystical.scanner.app.loop.MonotonicClock;
import dev.mystical.scanner.app.metrics.FeedMetrics;
import dev.mystical.scanner.app.metrics.HealthMetrics;
import dev.mystical.scanner.app.metrics.Meters;
import dev.mystical.scanner.app.metrics.ProcessMetrics;
import dev.mystical.scanner.app.metrics.ServerMetrics;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.domain.check.Finding;
import dev.mystical.scanner.domain.launch.Provider;
import dev.mystical.scanner.http.HealthRoutes;
import dev.mystical.scanner.http.HealthView;
import dev.mystical.scanner.http.HttpListener;
import dev.mystical.scanner.http.Route;
import dev.mystical.scanner.redis.check.RedisCheck;
import dev.mystical.scanner.wire.RequestRules;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running program: the composition root, and the life of what it composes. Parts stop in the
 * reverse of the order in which they started, connections last, and the failure of one stop never
 * prevents the next.
 */
public final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** With the flushes and closes behind it, well within 25 s. */
  private static final Duration DRAIN = Duration.ofSeconds(17);

  /** What clients get at least to be answered, once nothing else works any more. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  /** Where it is in its life; it moves forward alone. */
  private enum Life {
    RUNNING,
    DRAINING,
    STOPPED
  }

  private final AtomicReference<Life> life = new AtomicReference<>(Life.RUNNING);
  private final Connections connections;
  private final Workforce workforce;
  private final Optional<ApiRole> api;
  private final HealthView view;
  private final HttpListener listener;

  private Server(Settings settings, RequestRules rules) {
    InstantSource clock = new MonotonicClock(InstantSource.system().instant(), System::nanoTime);
    HealthBoard health = new HealthBoard(clock);
    Meters meters = Meters.of(settings.providers().stream().map(Provider::id).toList());
    this.connections = new Connections(settings, NodeName.fresh(), clock, meters);
    try {
      Composition composition = new Composition(settings, connections, health, meters, clock);
      this.workforce = Workforce.of(settings.node().roles(), composition, rules, health);
      this.api =
          settings.node().roles().contains(Settings.Role.API)
              ? Optional.of(composition.api(rules))
              : Optional.empty();
      List<Route> routes = new ArrayList<>();
      api.ifPresent(it -> routes.addAll(it.routes()));
      this.view = view(settings, health, clock);
      routes.addAll(HealthRoutes.of(view, metrics(meters, view, clock)));
      this.listener = HttpListener.start(settings.http().host(), settings.http().port(), routes);
    } catch (RuntimeException failure) {
      connections.close();
      throw failure;
    }
  }

  private HealthView view(Settings settings, HealthBoard health, InstantSource clock) {
    return new ServerHealth(
        new ServerHealth.Parts(
            workforce.loops(),
            connections.feed()::lastTurn,
            health,
            () -> life.get() != Life.RUNNING),
        Needs.of(settings.node().roles()),
        clock);
  }

  /** The numbers of all parts, in the order in which they are shown. */
  private ServerMetrics metrics(Meters meters, HealthView health, InstantSource clock) {
    return new ServerMetrics(
        List.of(
            new ProcessMetrics(ProgramVersion.text()),
            new HealthMetrics(health, clock),
            meters.scans(),
            meters.counters(),
            workforce,
            new FeedMetrics(connections.feed()::counts),
            meters.aws(),
            meters.redis()));
  }

  /**
   * Starts everything; throws UncheckedIOException, with nothing left behind, if it cannot listen.
   */
  public static Server start(Settings settings, RequestRules rules) throws InterruptedException {
    Server server = new Server(settings, rules);
    server.lookAtRedis();
    server.workforce.start();
    LOG.info(
        "event=started roles={} providers={}",
        settings.node().roles().stream().sorted().toList(),
        settings.providers().stream().map(Provider::id).toList());
    return server;
  }

  /** What is wrong with Redis is said, and waited for: it may be mended, or back, at any time. */
  private void lookAtRedis() throws InterruptedException {
    for (Finding finding : new RedisCheck(connections.redis(), connections.keys()).run()) {
      switch (finding) {
        case Finding.Ok ok -> LOG.info("event=redis-checked finding=\"{}\"", ok.sentence());
        case Finding.Warning warning ->
            LOG.warn("event=redis-checked finding=\"{}\"", warning.sentence());
        case Finding.Failure failure ->
            LOG.error("event=redis-checked finding=\"{}\"", failure.sentence());
      }
    }
  }

  /** Where it listens. */
  public URI address() {
    return listener.address();
  }

  /** Whether every loop turns, as {@code /livez} says. */
  public boolean live() {
    return view.loops().stream().allMatch(HealthView.Loop::turning);
  }

  /** Drains and stops; a second call waits for nothing. Takes some 25 s at most. */
  public void stop() throws InterruptedException {
    if (!life.compareAndSet(Life.RUNNING, Life.DRAINING)) {
      return;
    }
    LOG.info("event=draining");
    long end = System.nanoTime() + DRAIN.toNanos();
    try {
      workforce.stop(DRAIN);
    } finally {
      try {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        listener.stop(left.compareTo(LAST_ANSWERS) < 0 ? LAST_ANSWERS : left);
      } finally {
        api.ifPresent(ApiRole::close);
        connections.close();
        life.set(Life.STOPPED);
        LOG.info("event=stopped");
      }
    }
  }

  /** What requests may say, given these settings. */
  public static RequestRules rules(Settings settings, RequestRules.PathTargets paths) {
    return new RequestRules(
        settings.providers().stream().map(Provider::id).collect(Collectors.toSet()),
        RequestRules.Sender.QUEUE,
        paths);
  }
}
