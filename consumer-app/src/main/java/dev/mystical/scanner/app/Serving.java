package dev.mystical.scanner.app;

import ch.qos.logback.classic.LoggerContext;
import dev.mystical.scanner.app.log.LogSetup;
import dev.mystical.scanner.app.loop.MonotonicClock;
import dev.mystical.scanner.app.service.SystemdNotifier;
import dev.mystical.scanner.app.settings.Settings;
import dev.mystical.scanner.wire.RequestRules;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves until the process is asked to end. */
final class Serving {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  /** An orchestrator kills after 30 s; what has not ended by now is handed over by its lease. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(24);

  private Serving() {}

  /**
   * Serves for ever: the end comes through a signal, and ends the process. Answers only where it
   * could not start.
   */
  static int serve(Settings settings) throws InterruptedException {
    LogSetup.start(
        switch (settings.node().logFormat()) {
          case TEXT -> LogSetup.Format.TEXT;
          case JSON -> LogSetup.Format.JSON;
        },
        settings.secrets());
    settings.warnings().forEach(warning -> LOG.warn("event=settings warning=\"{}\"", warning));
    settings.describe().forEach(setting -> LOG.info("event=setting setting=\"{}\"", setting));
    SystemdNotifier systemd =
        new SystemdNotifier(
            System.getenv(),
            ProcessHandle.current().pid(),
            new MonotonicClock(InstantSource.system().instant(), System::nanoTime),
            new Random());
    try {
      Server server =
          Server.start(settings, Server.rules(settings, RequestRules.PathTargets.REFUSED));
      endWith(server, systemd);
      systemd.ready(server::live);
    } catch (UncheckedIOException cannot) {
      LOG.error("event=start-failed reason=\"{}\"", cannot.getMessage());
      return 1;
    }
    new CountDownLatch(1).await();
    return 0;
  }

  /** Stops the server, and then the process with 0, on SIGTERM and SIGINT. */
  private static void endWith(Server server, SystemdNotifier systemd) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(() -> Runtime.getRuntime().halt(stop(server, systemd))));
  }

  /** The JVM would exit with 143 after a hook; a stop that went well is no failure. */
  private static int stop(Server server, SystemdNotifier systemd) {
    systemd.stopping();
    AtomicInteger exit = new AtomicInteger(1);
    Thread stopping =
        Thread.ofVirtual()
            .name("stop")
            .start(() -> {
              try {
                server.stop();
                exit.set(0);
              } catch (InterruptedException | RuntimeException failure) {
                LOG.error("event=stop-failed", failure);
              }
            });
    try {
      if (!stopping.join(LONGEST_STOP)) {
        LOG.error("event=stop-cut-off after={}", LONGEST_STOP);
      }
      systemd.awaitTold();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    return exit.get();
  }
}
