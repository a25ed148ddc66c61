package dev.mystical.scanner.app;

import dev.mystical.scanner.app.consume.Consumer;
import dev.mystical.scanner.app.deliver.Deliverer;
import dev.mystical.scanner.app.health.HealthBoard;
import dev.mystical.scanner.app.health.Needs;
import dev.mystical.scanner.app.loop.Loop;
import dev.mystical.scanner.app.settings.Settings.Role;
import dev.mystical.scanner.app.supervise.Supervisor;
import dev.mystical.scanner.http.MetricsView;
import dev.mystical.scanner.wire.RequestRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a server that work by themselves, as its roles want them. */
final class Workforce implements MetricsView {
  private static final Logger LOG = LoggerFactory.getLogger(Workforce.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

  private final Optional<Consumer> consumer;
  private final Optional<Supervisor> supervisor;
  private final Optional<Deliverer> deliverer;
  private final List<Loop> others;

  private Workforce(
      Optional<Consumer> consumer,
      Optional<Supervisor> supervisor,
      Optional<Deliverer> deliverer,
      List<Loop> others) {
    this.consumer = consumer;
    this.supervisor = supervisor;
    this.deliverer = deliverer;
    this.others = List.copyOf(others);
  }

  static Workforce of(
      Set<Role> roles, Composition composition, RequestRules rules, HealthBoard health) {
    boolean consumes = roles.contains(Role.CONSUMER);
    boolean supervises = roles.contains(Role.SUPERVISOR);
    Needs needs = Needs.of(roles);
    needs.announce(health);
    List<Loop> others = new ArrayList<>();
    if (!needs.unasked().isEmpty()) {
      others.add(composition.pulse(needs.unasked()));
    }
    if (consumes || supervises) {
      others.add(composition.reconciler());
    }
    if (supervises) {
      others.add(composition.deadLetters(rules));
      composition.taskNews().ifPresent(others::add);
      composition.reportSweeper().ifPresent(others::add);
    }
    return new Workforce(
        consumes ? Optional.of(composition.consumer(rules)) : Optional.empty(),
        supervises ? Optional.of(composition.supervisor()) : Optional.empty(),
        supervises ? Optional.of(composition.deliverer()) : Optional.empty(),
        others);
  }

  void start() {
    others.forEach(Loop::start);
    supervisor.ifPresent(Supervisor::start);
    deliverer.ifPresent(Deliverer::start);
    consumer.ifPresent(Consumer::start);
  }

  List<Loop> loops() {
    List<Loop> loops = new ArrayList<>(others);
    supervisor.map(Supervisor::loop).ifPresent(loops::add);
    deliverer.map(Deliverer::loop).ifPresent(loops::add);
    consumer.map(Consumer::loops).ifPresent(loops::addAll);
    return List.copyOf(loops);
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    consumer.ifPresent(it -> {
      metrics.add(gauge("scanner_in_flight", "Messages held now", it.inFlight()));
      metrics.add(gauge("scanner_seats", "Messages that can be held", it.seats()));
    });
    supervisor.ifPresent(it -> {
      metrics.add(gauge("scanner_watched_runs", "Runs that all supervisors watch", it.watched()));
      metrics.add(gauge("scanner_relaunching_runs", "Runs launched again here", it.relaunching()));
    });
    deliverer.ifPresent(it ->
        metrics.add(gauge("scanner_waiting_webhooks", "Webhooks that are to leave", it.waiting())));
    return metrics;
  }

  private static Metric gauge(String name, String help, long value) {
    return Metric.of(name, help, Type.GAUGE, (double) value);
  }

  private interface Stop {
    void make(Duration grace) throws InterruptedException;
  }

  /**
   * Stops all, the consumer and the deliverer beside the rest since each may take the whole grace:
   * for a launch that is under way, and for a try of a webhook.
   */
  void stop(Duration grace) throws InterruptedException {
    Thread rest = stopping("stop-supervision", this::stopRest, grace);
    Thread deliveries = stopping("stop-deliveries", this::stopDeliveries, grace);
    try {
      if (consumer.isPresent()) {
        consumer.get().stop(grace);
      }
    } finally {
      rest.join(grace);
      deliveries.join(grace);
    }
  }

  private static Thread stopping(String name, Stop stop, Duration grace) {
    return Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            stop.make(grace);
          } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException failure) {
            LOG.error("event=stop-failed", failure);
          }
        });
  }

  private void stopDeliveries(Duration grace) throws InterruptedException {
    if (deliverer.isPresent()) {
      deliverer.get().stop(grace);
    }
  }

  private void stopRest(Duration grace) throws InterruptedException {
    for (Loop loop : others) {
      if (!loop.stop(LONGEST_STOP)) {
        LOG.error("event=loop-stuck loop={}", loop.name());
      }
    }
    if (supervisor.isPresent()) {
      supervisor.get().stop(grace.dividedBy(2));
    }
  }
}
