package dev.mystical.scanner.app.system;

import dev.mystical.scanner.app.system.SystemLedger.Cancel;
import dev.mystical.scanner.stand.ecs.TaskEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Cancels each scan at the moment at which it comes into a state, as told by the ledger's own
 * events or by ECS: whoever moves it on is at work at that very moment.
 */
final class CancelRaces implements TaskEvents, AutoCloseable {
  private static final Pattern STARTED_BY =
      Pattern.compile("\"startedBy\"\\s*:\\s*\"scan/([^/\"]+)/");
  // The first one is the task's own; its containers' come later.
  private static final Pattern STATUS = Pattern.compile("\"lastStatus\"\\s*:\\s*\"(\\w+)\"");

  /** When a scan is cancelled. */
  enum Moment {
    PENDING,
    /** ECS has the task, and has not answered yet. */
    LAUNCHING,
    PROVISIONING,
    RUNNING,
    /** The scanning container has ended, and nobody has judged it yet. */
    ENDING;

    /** Whether an event of the ledger, or a task's state, says that it has come. */
    private boolean toldBy(String sign) {
      return switch (this) {
        case PENDING -> sign.equals("scan.queued");
        case LAUNCHING -> sign.equals("PROVISIONING");
        case PROVISIONING -> sign.equals("run.launched");
        case RUNNING -> sign.equals("run.running") || sign.equals("run.ended");
        case ENDING -> sign.equals("DEPROVISIONING");
      };
    }

    /** The id of one of the scans that are cancelled then. */
    String scanId(int number) {
      return name().toLowerCase(Locale.ROOT) + "-" + number;
    }

    private static Optional<Moment> of(String scanId) {
      return Arrays.stream(values())
          .filter(it -> scanId.startsWith(it.name().toLowerCase(Locale.ROOT) + "-"))
          .findFirst();
    }
  }

  private final RedisClient redis;
  private final SystemLedger ledger;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Map<String, Cancel> outcomes = new ConcurrentHashMap<>();
  private final ExecutorService cancels =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("cancel-", 0).factory());
  private final Thread follower;
  private volatile boolean stopped;

  private CancelRaces(RedisClient redis, SystemLedger ledger) {
    this.redis = redis;
    this.ledger = ledger;
    this.follower = Thread.ofVirtual().name("cancel-follower").unstarted(this::follow);
  }

  /** Begins to follow the ledger's events; both stay the caller's, who closes them later. */
  static CancelRaces start(SystemEvents events, SystemLedger ledger) {
    CancelRaces races = new CancelRaces(events.redis(), ledger);
    races.follower.start();
    return races;
  }

  @Override
  public void deliver(String event) {
    Matcher scan = STARTED_BY.matcher(event);
    Matcher status = STATUS.matcher(event);
    if (scan.find() && status.find()) {
      signed(scan.group(1), status.group(1));
    }
  }

  /** What came of the wish to cancel each scan, as far as its moment came. */
  Map<String, Cancel> outcomes() {
    return Map.copyOf(outcomes);
  }

  private void follow() {
    StreamEntryID last = new StreamEntryID("0-0");
    while (!stopped) {
      var answer =
          redis.xread(
              XReadParams.xReadParams().count(100).block(200), Map.of(SystemEvents.EVENTS, last));
      List<StreamEntry> entries =
          answer == null || answer.isEmpty() ? List.of() : answer.getFirst().getValue();
      for (StreamEntry entry : entries) {
        last = entry.getID();
        signed(
            entry.getFields().getOrDefault("scanId", ""),
            entry.getFields().getOrDefault("type", "").replace("dev.mystical.scanner.", ""));
      }
    }
  }

  private void signed(String scanId, String sign) {
    boolean now = Moment.of(scanId).filter(moment -> moment.toldBy(sign)).isPresent();
    if (now && begun.add(scanId)) {
      cancels.execute(() -> cancel(scanId));
    }
  }

  private void cancel(String scanId) {
    try {
      outcomes.put(scanId, ledger.cancel(scanId));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets every cancel that was begun come to its end. */
  @Override
  public void close() {
    stopped = true;
    try {
      follower.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    cancels.close();
  }
}
