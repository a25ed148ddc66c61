package dev.mystical.scanner.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mystical.scanner.domain.feed.ErrorEntry;
import dev.mystical.scanner.domain.feed.ErrorEvent;
import dev.mystical.scanner.domain.feed.ErrorStamp;
import dev.mystical.scanner.domain.feed.Stage;
import dev.mystical.scanner.domain.feed.Subject;
import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.EntryLogContract;
import dev.mystical.scanner.domain.live.Streamed;
import dev.mystical.scanner.domain.scan.ErrorCode;
import dev.mystical.scanner.redis.RedisConnection;
import dev.mystical.scanner.redis.TestRedis;
import dev.mystical.scanner.wire.ErrorDocument;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.XAddParams;

class StreamReaderIT extends EntryLogContract<ErrorEntry> {
  private final ErrorStamp stamp = TestRedis.stamp();
  private TestRedis redis;
  private StreamReader<ErrorEntry> reader;

  @BeforeEach
  void start() throws InterruptedException {
    redis = TestRedis.start();
    reader = StreamReader.errors(redis.connection(), redis.keys());
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Override
  protected EntryLog<ErrorEntry> log() {
    return reader;
  }

  @Override
  protected String write(String word) throws InterruptedException {
    return redis
        .connection()
        .ask(it -> it.xadd(redis.keys().errors(), at("*"), fields(word)))
        .toString();
  }

  @Override
  protected String word(ErrorEntry entry) {
    return entry.event().message();
  }

  @Test
  void whatIsNoErrorIsLeftOut() throws InterruptedException {
    write("1");
    redis.connection().ask(it -> it.xadd(redis.keys().errors(), at("*"), Map.of("code", "NEW")));
    redis
        .connection()
        .ask(it -> it.xadd(redis.keys().errors(), at("*"), Map.of("time", "x", "count", "y")));
    write("2");

    assertThat(messages(reader.after(EntryLog.START, 10))).containsExactly("1", "2");
  }

  @Test
  void aFollowerGoesOnAfterARestart() throws InterruptedException {
    BlockingQueue<ErrorEntry> seen = new ArrayBlockingQueue<>(100);
    try (RedisConnection own = TestRedis.connect(redis.server())) {
      StreamReader<ErrorEntry> following = StreamReader.errors(own, redis.keys());
      Thread follower = Thread.ofVirtual().start(() -> follow(following, seen));
      write(1, 3);
      assertThat(next(seen, 3)).containsExactly("1", "2", "3");

      redis.server().restart();
      write(4, 6);

      assertThat(next(seen, 3)).containsExactly("4", "5", "6");
      follower.interrupt();
      follower.join();
      assertThat(seen).isEmpty();
    }
  }

  private static void follow(StreamReader<ErrorEntry> reader, BlockingQueue<ErrorEntry> seen) {
    try {
      reader.follow(EntryLog.START, entry -> seen.add(entry.value()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> next(BlockingQueue<ErrorEntry> seen, int count)
      throws InterruptedException {
    String[] messages = new String[count];
    for (int i = 0; i < count; i++) {
      ErrorEntry entry = seen.poll(20, TimeUnit.SECONDS);
      assertThat(entry).isNotNull();
      messages[i] = entry.event().message();
    }
    return List.of(messages);
  }

  private void write(int first, int last) throws InterruptedException {
    ErrorStream stream = new ErrorStream(redis.connection(), redis.keys());
    List<ErrorEntry> entries =
        IntStream.rangeClosed(first, last).mapToObj(i -> entry(String.valueOf(i))).toList();
    try {
      stream.append(entries);
    } catch (LedgerUnavailable cutByARestart) {
      stream.append(entries);
    }
  }

  private Map<String, String> fields(String message) {
    return ErrorDocument.fields(entry(message));
  }

  private ErrorEntry entry(String message) {
    return stamp.entry(
        ErrorEvent.warn(ErrorCode.ECS_CAPACITY, Stage.LAUNCH, Subject.SYSTEM, message));
  }

  private static XAddParams at(String id) {
    return XAddParams.xAddParams().id(id);
  }

  private static List<String> messages(List<Streamed<ErrorEntry>> entries) {
    return entries.stream().map(entry -> entry.value().event().message()).toList();
  }
}
