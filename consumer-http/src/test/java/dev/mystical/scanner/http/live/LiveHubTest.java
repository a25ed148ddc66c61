package dev.mystical.scanner.http.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.ledger.LedgerUnavailable;
import dev.mystical.scanner.domain.live.EntryId;
import dev.mystical.scanner.domain.live.EntryLog;
import dev.mystical.scanner.domain.live.InMemoryEntryLog;
import dev.mystical.scanner.domain.live.Streamed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveHubTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Optional<EntryId> START = Optional.of(EntryId.parse(EntryLog.START));

  private final InMemoryEntryLog<Integer> log =
      new InMemoryEntryLog<>(InstantSource.system(), 100_000);
  private final LiveHub<Integer> hub = new LiveHub<>(log, "test", 600);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    hub.close();
    threads.shutdownNow();
  }

  @Test
  void whoeverJoinsSeesWhatComes() throws InterruptedException {
    log.append(1);
    try (LiveReader<Integer> reader = hub.join(Optional.empty(), it -> true)) {
      assertThat(reader.next(Duration.ZERO)).isInstanceOf(LiveReader.Next.Nothing.class);
      log.append(2);
      log.append(3);
      assertThat(take(reader, 2)).containsExactly(2, 3);
    }
  }

  @Test
  void whoeverComesBackMissesNothingAndSeesNothingTwice() throws InterruptedException {
    List<String> ids = IntStream.range(0, 1_000).mapToObj(log::append).toList();
    try (LiveReader<Integer> reader =
        hub.join(Optional.of(EntryId.parse(ids.get(299))), it -> true)) {
      assertThat(take(reader, 1)).containsExactly(300);
      IntStream.range(1_000, 1_100).forEach(log::append);
      assertThat(take(reader, 799)).isEqualTo(range(301, 1_100));
    }
  }

  /** More comes in while it reads up than its queue holds: it goes on reading the log. */
  @Test
  void whoeverReadsUpIsNotCut() throws InterruptedException {
    IntStream.range(0, 600).forEach(log::append);
    try (LiveReader<Integer> reader = hub.join(START, it -> true)) {
      assertThat(take(reader, 10)).isEqualTo(range(0, 10));
      IntStream.range(600, 600 + 3 * LiveReader.LONGEST_QUEUE).forEach(log::append);
      assertThat(take(reader, 590 + 3 * LiveReader.LONGEST_QUEUE))
          .isEqualTo(range(10, 600 + 3 * LiveReader.LONGEST_QUEUE));
    }
  }

  @Test
  void onlyWhatIsWantedTakesPlaceInTheQueue() throws InterruptedException {
    try (LiveReader<Integer> reader = hub.join(Optional.empty(), it -> it % 1_000 == 0)) {
      assertThat(reader.next(Duration.ZERO)).isInstanceOf(LiveReader.Next.Nothing.class);
      IntStream.range(1, 10_001).forEach(log::append);
      assertThat(take(reader, 10)).containsExactly(range(1, 11, 1_000));
    }
  }

  @Test
  void fiveHundredReadAtOnceAndASlowOneIsCut() throws InterruptedException, ExecutionException {
    int step = 200;
    int entries = 10 * step;
    List<CountDownLatch> steps =
        IntStream.range(0, entries / step).mapToObj(it -> new CountDownLatch(500)).toList();
    LiveReader<Integer> slow = hub.join(Optional.empty(), it -> true);
    assertThat(slow.next(Duration.ZERO)).isInstanceOf(LiveReader.Next.Nothing.class);
    List<Callable<List<Integer>>> readers = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      LiveReader<Integer> reader = hub.join(START, it -> true);
      readers.add(() -> {
        try (reader) {
          List<Integer> seen = new ArrayList<>();
          for (CountDownLatch each : steps) {
            seen.addAll(take(reader, step));
            each.countDown();
          }
          return seen;
        }
      });
    }
    List<Future<List<Integer>>> reading = readers.stream().map(threads::submit).toList();
    for (int i = 0; i < steps.size(); i++) {
      IntStream.range(i * step, (i + 1) * step).forEach(log::append);
      assertThat(steps.get(i).await(30, TimeUnit.SECONDS)).isTrue();
    }

    for (Future<List<Integer>> each : reading) {
      assertThat(each.get()).isEqualTo(range(0, entries));
    }
    List<Integer> seen = new ArrayList<>();
    while (slow.next(PATIENCE) instanceof LiveReader.Next.Entry<Integer>(Streamed<Integer> it)) {
      seen.add(it.value());
    }
    assertThat(seen).hasSizeLessThanOrEqualTo(LiveReader.LONGEST_QUEUE);
    assertThat(slow.next(Duration.ZERO)).isInstanceOf(LiveReader.Next.End.class);
    slow.close();
    assertThat(log.followers()).isLessThanOrEqualTo(1);
  }

  @Test
  void thereIsPlaceForSoManyAndNoMore() throws InterruptedException {
    try (LiveHub<Integer> small = new LiveHub<>(log, "small", 1)) {
      LiveReader<Integer> only = small.join(Optional.empty(), it -> true);
      assertThat(small.full()).isTrue();
      assertThatThrownBy(() -> small.join(Optional.empty(), it -> true))
          .isInstanceOf(LedgerUnavailable.class);
      only.close();
      small.join(Optional.empty(), it -> true).close();
    }
  }

  @Test
  void theEndOfTheHubIsTheEndForAll() throws InterruptedException {
    LiveReader<Integer> reader = hub.join(Optional.empty(), it -> true);
    hub.close();
    assertThat(reader.next(PATIENCE)).isInstanceOf(LiveReader.Next.End.class);
  }

  @Test
  void eventsAreWrittenAsTheStandardSays() throws IOException, InterruptedException {
    String first = log.append(7);
    String second = log.append(8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SseWriter<>(
            hub,
            START,
            it -> true,
            it -> new SseWriter.Event("number", it + "\nof two lines"),
            it -> it == 8)
        .write(out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            retry: 2000

            event: number
            id: %s
            data: 7
            data: of two lines

            event: number
            id: %s
            data: 8
            data: of two lines

            """
                .formatted(first, second));
    assertThat(hub.full()).isFalse();
  }

  /** Nobody can be told when the filter of one reader fails, but the others are to be told on. */
  @Test
  void aFilterThatFailsIsTheEndForItsOwnReaderAlone() throws InterruptedException {
    LiveReader<Integer> other = hub.join(Optional.empty(), it -> true);
    LiveReader<Integer> failing =
        hub.join(
            Optional.empty(),
            it -> {
              throw new IllegalStateException("filter");
            });
    assertThat(other.next(Duration.ZERO)).isInstanceOf(LiveReader.Next.Nothing.class);
    log.append(1);
    log.append(2);
    assertThat(take(other, 2)).containsExactly(1, 2);
    assertThat(failing.next(PATIENCE)).isInstanceOf(LiveReader.Next.End.class);
  }

  /** A thread that dies would leave its readers behind, who would wait for ever. */
  @Test
  void aLogThatCannotBeFollowedIsTheEndForAllWhoReadAndNotForWhoComes()
      throws InterruptedException {
    BreakingLog breaking = new BreakingLog(log);
    try (LiveHub<Integer> fragile = new LiveHub<>(breaking, "fragile", 10)) {
      LiveReader<Integer> reader = fragile.join(Optional.empty(), it -> true);
      breaking.fail.countDown();
      assertThat(reader.next(PATIENCE)).isInstanceOf(LiveReader.Next.End.class);
      reader.close();
      LiveReader<Integer> next = fragile.join(Optional.empty(), it -> true);
      log.append(1);
      assertThat(take(next, 1)).containsExactly(1);
    }
  }

  @Test
  void aPlaceBehindTheEndOfTheLogIsItsEnd() throws InterruptedException {
    log.append(1);
    EntryId ahead = new EntryId(Long.MAX_VALUE, 0);
    try (LiveReader<Integer> reader = hub.join(Optional.of(ahead), it -> true)) {
      assertThat(reader.next(Duration.ZERO)).isInstanceOf(LiveReader.Next.Nothing.class);
      log.append(2);
      assertThat(take(reader, 1)).containsExactly(2);
    }
  }

  @Test
  void aPlaceBeforeTheBeginningOfTheLogIsItsBeginning() throws InterruptedException {
    InMemoryEntryLog<Integer> shortLog = new InMemoryEntryLog<>(InstantSource.system(), 3);
    String lost = shortLog.append(0);
    IntStream.range(1, 10).forEach(shortLog::append);
    try (LiveHub<Integer> shortHub = new LiveHub<>(shortLog, "short", 10);
        LiveReader<Integer> reader = shortHub.join(Optional.of(EntryId.parse(lost)), it -> true)) {
      assertThat(take(reader, 3)).containsExactly(7, 8, 9);
    }
  }

  /** Whoever joins while the log grows sees every entry after his place once, and in order. */
  @Test
  void joiningLeavesNoGapAndRepeatsNothingHoweverFastTheLogGrows()
      throws InterruptedException, ExecutionException {
    int entries = 20_000;
    CountDownLatch joined = new CountDownLatch(40);
    List<Future<List<Integer>>> reading = new ArrayList<>();
    Future<?> writing =
        threads.submit(() -> {
          for (int i = 0; i < entries; i++) {
            log.append(i);
            if (i == entries - 50) {
              joined.await();
            }
          }
          return true;
        });
    for (int i = 0; i < 40; i++) {
      reading.add(
          threads.submit(() -> {
            // One in a hundred, so that no reader is cut for being slow on a busy machine.
            try (LiveReader<Integer> reader =
                hub.join(START, it -> it % 100 == 0 || it == entries - 1)) {
              joined.countDown();
              return take(reader, entries / 100 + 1);
            }
          }));
    }
    writing.get();
    for (Future<List<Integer>> each : reading) {
      List<Integer> expected =
          IntStream.range(0, entries)
              .filter(it -> it % 100 == 0 || it == entries - 1)
              .boxed()
              .toList();
      assertThat(each.get()).isEqualTo(expected);
    }
  }

  @Test
  void silenceIsBrokenByComments() throws InterruptedException {
    CommentsOut out = new CommentsOut(3);
    assertThatThrownBy(() ->
            new SseWriter<>(
                    hub,
                    Optional.empty(),
                    it -> true,
                    it -> new SseWriter.Event("number", "%d".formatted(it)),
                    it -> false)
                .write(out, Duration.ofMillis(1)))
        .isInstanceOf(IOException.class);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("retry: 2000\n\n:\n\n:\n\n:\n\n");
    assertThat(log.followers()).isLessThanOrEqualTo(1);
  }

  /** Were it a failure, each of a thousand readers would log it every two seconds. */
  @Test
  void aLogThatCannotBeReadEndsTheStreamInGoodOrder() throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SseWriter<Integer> writer =
        new SseWriter<>(
            hub,
            START,
            it -> true,
            it -> new SseWriter.Event("a\nb", "%d".formatted(it)),
            it -> {
              throw new LedgerUnavailable("away", new IOException("refused"));
            });
    String id = log.append(1);
    writer.write(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("retry: 2000\n\nevent: a b\nid: %s\ndata: 1\n\n".formatted(id));
  }

  private static List<Integer> take(LiveReader<Integer> reader, int count)
      throws InterruptedException {
    List<Integer> taken = new ArrayList<>();
    while (taken.size() < count
        && reader.next(PATIENCE) instanceof LiveReader.Next.Entry<Integer>(var entry)) {
      taken.add(entry.value());
    }
    return taken;
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static Integer[] range(int from, int to, int times) {
    return IntStream.range(from, to).mapToObj(it -> it * times).toArray(Integer[]::new);
  }
}
