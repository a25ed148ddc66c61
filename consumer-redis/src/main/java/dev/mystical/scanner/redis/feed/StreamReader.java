package dev.mystical.scanner.redis.feed;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.live.EntryId;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.StateChange;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.RedisKeys;
import dev.mystical.scanner.wire.ErrorDocument;
import dev.mystical.scanner.wire.UnreadableDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Reads a stream, by pages or as it grows. Entries that this version cannot read are left out. Safe
 * for use by many threads; a {@link #follow} takes one of the connections for as long as it lasts.
 */
public final class StreamReader<T> implements EntryLog<T> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
  private static final int PAGE = 256;
  private static final int BLOCK_MILLIS = 1_000;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final RedisConnection redis;
  private final String stream;
  private final Function<Map<String, String>, T> decoder;

  private StreamReader(
      RedisConnection redis, String stream, Function<Map<String, String>, T> decoder) {
    this.redis = redis;
    this.stream = stream;
    this.decoder = decoder;
  }

  public static StreamReader<ErrorEntry> errors(RedisConnection redis, RedisKeys keys) {
    return new StreamReader<>(redis, keys.errors(), ErrorDocument::fromFields);
  }

  public static StreamReader<StateChange> events(RedisConnection redis, RedisKeys keys) {
    return new StreamReader<>(redis, keys.events(), StreamReader::change);
  }

  @Override
  public List<Streamed<T>> newest(int count) throws InterruptedException {
    return decoded(redis.ask(client -> client.xrevrange(stream, "+", "-", count)));
  }

  @Override
  public List<Streamed<T>> before(String id, int count) throws InterruptedException {
    EntryId place = EntryId.parse(id);
    if (place.equals(EntryId.parse(START))) {
      // Redis refuses to look before what nothing can stand before.
      return List.of();
    }
    return decoded(redis.ask(client -> client.xrevrange(stream, "(" + place, "-", count)));
  }

  @Override
  public List<Streamed<T>> after(String id, int count) throws InterruptedException {
    EntryId place = EntryId.parse(id);
    return decoded(redis.ask(client -> client.xrange(stream, "(" + place, "+", count)));
  }

  @Override
  public List<Streamed<T>> since(Instant time, int count) throws InterruptedException {
    String from = String.valueOf(Math.max(0, time.toEpochMilli()));
    return decoded(redis.ask(client -> client.xrange(stream, from, "+", count)));
  }

  @Override
  public String end() throws InterruptedException {
    List<StreamEntry> last = redis.ask(client -> client.xrevrange(stream, "+", "-", 1));
    return last.isEmpty() ? START : last.getFirst().getID().toString();
  }

  @Override
  public void follow(String after, Consumer<Streamed<T>> reader) throws InterruptedException {
    String position = EntryId.parse(after).toString();
    int failures = 0;
    while (true) {
      try {
        for (StreamEntry entry : next(position)) {
          decoded(List.of(entry)).forEach(reader);
          position = entry.getID().toString();
        }
        failures = 0;
      } catch (LedgerUnavailable e) {
        LOG.debug("event=follow-interrupted stream={} reason=\"{}\"", stream, e.getMessage());
        Thread.sleep(Math.min(50L << Math.min(failures++, 10), LONGEST_PAUSE.toMillis()));
      }
    }
  }

  private static StateChange change(Map<String, String> fields) {
    return new StateChange(
        fields.getOrDefault("type", ""),
        fields.getOrDefault("tenant", ""),
        fields.getOrDefault("scanId", ""),
        fields.getOrDefault("event", ""));
  }

  private List<StreamEntry> next(String position) throws InterruptedException {
    XReadParams params = XReadParams.xReadParams().count(PAGE).block(BLOCK_MILLIS);
    List<Map.Entry<String, List<StreamEntry>>> streams =
        redis.ask(client -> {
          List<Map.Entry<String, List<StreamEntry>>> read =
              client.xread(params, Map.of(stream, new StreamEntryID(position)));
          return read == null ? List.of() : read;
        });
    return streams.isEmpty() ? List.of() : streams.getFirst().getValue();
  }

  private List<Streamed<T>> decoded(List<StreamEntry> entries) {
    List<Streamed<T>> readable = new ArrayList<>();
    for (StreamEntry entry : entries) {
      try {
        readable.add(new Streamed<>(entry.getID().toString(), decoder.apply(entry.getFields())));
      } catch (UnreadableDocument e) {
        LOG.debug("event=entry-unreadable stream={} entryId={}", stream, entry.getID(), e);
      }
    }
    return readable;
  }
}
