package dev.mystical.scanner.app.service;

import dev.mystical.scanner.app.loop.Loop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how this service does, where systemd started it with {@code Type=notify}; anywhere
 * else it does nothing. The watchdog is fed only while the service lives, so a process whose loops
 * stand still is restarted as one that has crashed is.
 *
 * <p>Each piece of news is a process of its own, and so needs {@code NotifyAccess=all}.
 */
public final class SystemdNotifier {
  private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(5);
  private static final Duration LONGEST_FAREWELL = Duration.ofMillis(500);

  private final Optional<NotifyProgram> program;
  private final Optional<Duration> interval;
  private final InstantSource clock;
  private final RandomGenerator random;
  // Written by the thread that starts the service, read by the one that stops it.
  private volatile Optional<Loop> watchdog = Optional.empty();
  // Touched by the thread that stops the service alone.
  private Optional<Thread> telling = Optional.empty();
  // Touched by the watchdog's thread alone.
  private boolean withheld;

  /**
   * @param pid of this process: a watchdog that is meant for another is none of ours
   * @param clock a monotonic one
   */
  public SystemdNotifier(
      Map<String, String> environment, long pid, InstantSource clock, RandomGenerator random) {
    this.interval = interval(environment, pid);
    this.program =
        Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
            .filter(socket -> !socket.isEmpty())
            .map(socket -> new NotifyProgram(passedOn(environment), longestCall(interval)));
    this.clock = clock;
    this.random = random;
  }

  /** Half of what systemd waits for, as it asks for. */
  private static Optional<Duration> interval(Map<String, String> environment, long pid) {
    String meant = environment.getOrDefault("WATCHDOG_PID", "");
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    if (!micros.matches("[1-9][0-9]{0,14}")
        || !(meant.isEmpty() || meant.equals(Long.toString(pid)))) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Long.parseLong(micros) * 500));
  }

  private static Duration longestCall(Optional<Duration> interval) {
    return interval
        .map(it -> it.dividedBy(2))
        .filter(half -> half.compareTo(LONGEST_CALL) < 0)
        .orElse(LONGEST_CALL);
  }

  private static Map<String, String> passedOn(Map<String, String> environment) {
    Map<String, String> passed = new TreeMap<>(environment);
    passed.keySet().retainAll(Set.of("NOTIFY_SOCKET", "PATH"));
    return passed;
  }

  /**
   * Tells that the service is ready, and from now on that it is alive, as long as {@code live}
   * answers true. Waits some seconds at most; that systemd cannot be told is logged, and no reason
   * not to serve.
   */
  public void ready(BooleanSupplier live) throws InterruptedException {
    if (program.isEmpty()) {
      return;
    }
    NotifyProgram notify = program.get();
    notify.tell("READY=1", "STATUS=serving");
    watchdog =
        interval.map(pause ->
            new Loop(
                    "systemd-watchdog",
                    () -> feed(notify, live, pause),
                    pause.plus(LONGEST_CALL),
                    clock,
                    random)
                .start());
  }

  private Duration feed(NotifyProgram notify, BooleanSupplier live, Duration pause)
      throws InterruptedException {
    if (live.getAsBoolean()) {
      notify.tell("WATCHDOG=1");
      withheld = false;
    } else if (!withheld) {
      LOG.error("event=watchdog-withheld reason=\"a loop does not turn; /livez names it\"");
      withheld = true;
    }
    return pause;
  }

  /** Tells that the service is about to stop, beside whatever its stop does; waits for nothing. */
  public void stopping() {
    telling =
        program.map(
            notify -> Thread.ofVirtual().name("systemd-stopping").start(() -> tellOfStop(notify)));
  }

  /** Waits until systemd knows of the stop; it may be that there is little time left. */
  public void awaitTold() throws InterruptedException {
    if (telling.isPresent()) {
      telling.get().join(LONGEST_FAREWELL);
    }
  }

  private void tellOfStop(NotifyProgram notify) {
    try {
      notify.tell("STOPPING=1", "STATUS=draining");
      // Fed until then: it is on this news that systemd ends its watch.
      if (watchdog.isPresent()) {
        watchdog.get().stop(Duration.ZERO);
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
