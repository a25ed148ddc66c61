package dev.mystical.scanner.aws;

import dev.mystical.scanner.domain.launch.TasksUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Where the output of tasks can be read. Their definitions say; a revision never changes, so each
 * is asked for once, and again after a while if ECS did not tell. A link is a convenience: what
 * fails here leaves it out.
 *
 * <p>For any thread; the map is guarded by itself, and not held during calls.
 */
final class LogLinks {
  static final int MOST = 200;
  private static final Duration AGAIN = Duration.ofMinutes(5);

  /** Where each container of a definition writes, and until when that is believed. */
  private record Known(Map<String, LogPlace> places, Instant until) {}

  private final EcsClient ecs;
  private final InstantSource clock;

  private final Map<String, Known> definitions =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  LogLinks(EcsClient ecs, InstantSource clock) {
    this.ecs = ecs;
    this.clock = clock;
  }

  /** For the tasks of one look. */
  Look look() {
    return new Look();
  }

  /** Once ECS has not answered it is not asked again, so that a look stays short. One thread's. */
  final class Look {
    private boolean silent;

    private Look() {}

    /** The link for a task that has run and ended. */
    Optional<String> of(Task task) throws InterruptedException {
      Optional<Container> scanner = TaskReports.scanner(task);
      String definition = task.taskDefinitionArn();
      if (scanner.isEmpty() || definition == null || !ranAndEnded(task, scanner.get())) {
        return Optional.empty();
      }
      @Nullable LogPlace place = places(definition).get(scanner.get().name());
      return Optional.ofNullable(place).map(it -> it.link(task.taskArn(), scanner.get()));
    }

    private Map<String, LogPlace> places(String definition) throws InterruptedException {
      Optional<Known> known = remembered(definition);
      if (known.isPresent() || silent) {
        return known.map(Known::places).orElse(Map.of());
      }
      Known asked = ask(definition);
      synchronized (definitions) {
        definitions.put(definition, asked);
      }
      return asked.places();
    }

    private Known ask(String definition) throws InterruptedException {
      try {
        return new Known(
            EcsCall.of(
                "DescribeTaskDefinition",
                () -> told(ecs.describeTaskDefinition(it -> it.taskDefinition(definition)))),
            Instant.MAX);
      } catch (TasksUnavailable e) {
        silent = true;
        return new Known(Map.of(), clock.instant().plus(AGAIN));
      }
    }
  }

  private Optional<Known> remembered(String definition) {
    synchronized (definitions) {
      return Optional.ofNullable(definitions.get(definition))
          .filter(known -> known.until().isAfter(clock.instant()));
    }
  }

  private static Map<String, LogPlace> told(DescribeTaskDefinitionResponse answer) {
    if (answer.taskDefinition() == null) {
      throw new IllegalStateException("an answer without the definition");
    }
    Map<String, LogPlace> places = new HashMap<>();
    for (ContainerDefinition container : answer.taskDefinition().containerDefinitions()) {
      LogPlace.of(container).ifPresent(place -> places.put(container.name(), place));
    }
    return Map.copyOf(places);
  }

  /** What never came to run has written nothing. */
  private static boolean ranAndEnded(Task task, Container scanner) {
    return scanner.exitCode() != null
        || (task.startedAt() != null && "STOPPED".equals(task.lastStatus()));
  }
}
