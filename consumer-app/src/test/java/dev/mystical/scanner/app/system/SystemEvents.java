package dev.mystical.scanner.app.system;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * What a stakeholder sees in Redis: the streams of events and errors, followed from their start.
 */
final class SystemEvents implements AutoCloseable {
  static final String EVENTS = "scanner:events";
  static final String ERRORS = "scanner:errors";

  private final RedisClient redis;

  SystemEvents(URI uri) {
    redis = RedisClient.builder().hostAndPort(uri.getHost(), uri.getPort()).build();
  }

  /** All errors so far. */
  List<Map<String, String>> errors() {
    return all(ERRORS);
  }

  /** All entries of a stream so far. */
  List<Map<String, String>> all(String stream) {
    return redis.xrange(stream, (StreamEntryID) null, null).stream()
        .map(StreamEntry::getFields)
        .toList();
  }

  List<String> codes() {
    return errors().stream().map(error -> String.valueOf(error.get("code"))).toList();
  }

  /** Waits until so many entries of a stream fit, and gives them. */
  List<Map<String, String>> await(
      String stream, Predicate<Map<String, String>> wanted, int count, Duration atMost) {
    List<Map<String, String>> found = new ArrayList<>();
    StreamEntryID last = new StreamEntryID("0-0");
    long deadline = System.nanoTime() + atMost.toNanos();
    while (found.size() < count) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "%d of %d in %s after %s".formatted(found.size(), count, stream, atMost));
      }
      List<StreamEntry> entries = read(stream, last, (int) Math.min(left, 1_000));
      for (StreamEntry entry : entries) {
        last = entry.getID();
        if (wanted.test(entry.getFields())) {
          found.add(entry.getFields());
        }
      }
    }
    return found;
  }

  /** Waits until so many runs are launched. */
  void awaitLaunched(int runs, Duration atMost) {
    await(EVENTS, event -> event.containsValue("dev.mystical.scanner.run.launched"), runs, atMost);
  }

  Map<String, String> awaitError(String code, Duration atMost) {
    return await(ERRORS, error -> code.equals(error.get("code")), 1, atMost).getFirst();
  }

  RedisClient redis() {
    return redis;
  }

  private List<StreamEntry> read(String stream, StreamEntryID after, int blockMillis) {
    var answer =
        redis.xread(
            XReadParams.xReadParams().count(1_000).block(blockMillis), Map.of(stream, after));
    return answer == null || answer.isEmpty() ? List.of() : answer.getFirst().getValue();
  }

  @Override
  public void close() {
    redis.close();
  }
}
