package dev.mystical.scanner.domain.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mystical.scanner.domain.launch.TaskRequests;
import dev.mystical.scanner.domain.launch.TokenKey;
import dev.mystical.scanner.domain.scan.Attempt;
import dev.mystical.scanner.domain.scan.Network;
import dev.mystical.scanner.domain.scan.Placement;
import dev.mystical.scanner.domain.scan.ProviderId;
import dev.mystical.scanner.domain.scan.Scan;
import dev.mystical.scanner.domain.scan.TaskArn;
import dev.mystical.scanner.domain.scan.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the tasks of scans as our own launches would. What is sealed names a scan that it knows, so
 * that no document has to be written and read.
 */
final class TaskMaker {
  static final String CLUSTER = "scans";
  static final TokenKey KEY = new TokenKey("0123456789abcdef0123456789abcdef");
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final Instant NOW = START.plusSeconds(60);

  private final Optional<TokenKey> key;
  private final List<Scan> origins = new ArrayList<>();
  private int tasks;

  private TaskMaker(Optional<TokenKey> key) {
    this.key = key;
  }

  static TaskMaker sealing() {
    return new TaskMaker(Optional.of(KEY));
  }

  static TaskMaker unsealed() {
    return new TaskMaker(Optional.empty());
  }

  /** The origin of every scan that a task was made for, but for those of a later version. */
  Optional<Scan> read(byte[] origin) {
    String text = new String(origin, UTF_8);
    return text.isEmpty() ? Optional.empty() : Optional.of(origins.get(Integer.parseInt(text)));
  }

  Reconciliation policy() {
    return new Reconciliation(key, this::read, CLUSTER);
  }

  static Attempt attempt(int number, Instant at) {
    TaskSpec spec =
        new TaskSpec(
            CLUSTER,
            "scanner:7",
            "scanner",
            new Placement.CapacityProvider("FARGATE_SPOT"),
            Network.NONE,
            START.plus(Duration.ofHours(1)),
            Optional.of("https://scans.example.com"));
    return Attempt.launching(number, 0, spec, at);
  }

  /** A task that runs, created at the attempt's time. */
  ScanTask task(Scan scan, ProviderId provider, Attempt attempt) {
    origins.add(scan);
    byte[] origin = Integer.toString(origins.size() - 1).getBytes(UTF_8);
    return task(scan, provider, attempt, origin);
  }

  /** One whose seal only a later version can read. */
  ScanTask ofLaterVersion(Scan scan, ProviderId provider, Attempt attempt) {
    return task(scan, provider, attempt, new byte[0]);
  }

  ScanTask task(Scan scan, ProviderId provider, int number) {
    return task(scan, provider, attempt(number, START.plusSeconds(number)));
  }

  private ScanTask task(Scan scan, ProviderId provider, Attempt attempt, byte[] origin) {
    TaskRequests requests = new TaskRequests(key, ignored -> origin);
    TaskArn arn =
        new TaskArn("arn:aws:ecs:eu-west-1:123456789012:task/scans/%032x".formatted(++tasks));
    return ScanTask.of(
            ListedTasks.running(requests.of(scan, provider, attempt), arn, attempt.launchingAt()))
        .orElseThrow();
  }

  static ScanTask stopped(ScanTask task) {
    return ScanTask.of(ListedTasks.stopped(task.listed())).orElseThrow();
  }
}
