package dev.mystical.scanner.domain.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EntryLog} promises. The log is empty at the start of each test. */
public abstract class EntryLogContract<T> {
  /** For the adapters' tests. */
  protected EntryLogContract() {}

  /** The log under test; the same one at every call within a test. */
  protected abstract EntryLog<T> log();

  /** Writes an entry that has this word, and answers its id. */
  protected abstract String write(String word) throws InterruptedException;

  protected abstract String word(T value);

  @Test
  void anEmptyLogEndsWhereEveryLogStarts() throws InterruptedException {
    assertThat(log().end()).isEqualTo(EntryLog.START);
    assertThat(log().newest(10)).isEmpty();
    assertThat(log().before("9-9", 10)).isEmpty();
    assertThat(log().after(EntryLog.START, 10)).isEmpty();
    assertThat(log().since(Instant.EPOCH, 10)).isEmpty();
  }

  @Test
  void entriesHaveTheIdsUnderWhichTheyWereWrittenAndThoseGrow() throws InterruptedException {
    List<String> ids = write(1, 5);

    assertThat(log().after(EntryLog.START, 10)).extracting(Streamed::id).isEqualTo(ids);
    assertThat(ids.stream().map(EntryId::parse)).isSorted().doesNotHaveDuplicates();
    assertThat(log().end()).isEqualTo(ids.getLast());
  }

  @Test
  void theNewestComeFirst() throws InterruptedException {
    write(1, 5);

    assertThat(words(log().newest(2))).containsExactly("5", "4");
    assertThat(words(log().newest(10))).containsExactly("5", "4", "3", "2", "1");
  }

  @Test
  void pagesGoBackFromAnEntryThatTheyLeaveOut() throws InterruptedException {
    List<String> ids = write(1, 5);

    assertThat(words(log().before(ids.get(4), 2))).containsExactly("4", "3");
    assertThat(words(log().before(ids.get(2), 10))).containsExactly("2", "1");
    assertThat(log().before(ids.get(0), 10)).isEmpty();
    assertThat(log().before(EntryLog.START, 10)).isEmpty();
  }

  @Test
  void pagesGoOnFromAnEntryThatTheyLeaveOut() throws InterruptedException {
    List<String> ids = write(1, 5);

    assertThat(words(log().after(EntryLog.START, 2))).containsExactly("1", "2");
    assertThat(words(log().after(ids.get(1), 10))).containsExactly("3", "4", "5");
    assertThat(log().after(ids.get(4), 10)).isEmpty();
  }

  @Test
  void aPlaceNeedsNoEntry() throws InterruptedException {
    EntryId first = EntryId.parse(write("1"));
    String between = new EntryId(first.millis(), first.counter() + 500_000).toString();
    String far = new EntryId(Long.MAX_VALUE, Long.MAX_VALUE).toString();

    assertThat(words(log().before(between, 10))).containsExactly("1");
    assertThat(log().after(between, 10)).isEmpty();
    assertThat(words(log().before(far, 10))).containsExactly("1");
    assertThat(log().after(far, 10)).isEmpty();
  }

  @Test
  void whatWasWrittenAtATimeIsWrittenSinceThen() throws InterruptedException {
    List<String> ids = write(1, 5);
    long time = EntryId.parse(ids.get(2)).millis();
    List<String> expected = ids.stream().filter(id -> EntryId.parse(id).millis() >= time).toList();

    assertThat(log().since(Instant.ofEpochMilli(time), 10))
        .extracting(Streamed::id)
        .isEqualTo(expected);
    assertThat(log().since(Instant.ofEpochMilli(EntryId.parse(ids.get(4)).millis() + 1), 10))
        .isEmpty();
    assertThat(words(log().since(Instant.EPOCH.minusSeconds(1), 2))).containsExactly("1", "2");
  }

  @Test
  void whatIsNoIdIsSaidToBeNone() {
    for (String text : List.of("", "x", "5", "1-2-3", "-1-0", "1-", "99999999999999999999-0")) {
      assertThatThrownBy(() -> log().before(text, 1))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> log().after(text, 1))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> log().follow(text, entry -> {}))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFollowerSeesWhatIsThereAndThenWhatComes() throws InterruptedException {
    List<String> ids = write(1, 3);
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Thread follower = following(ids.getFirst(), seen);

    assertThat(next(seen, 2)).containsExactly("2", "3");
    write(4, 6);
    assertThat(next(seen, 3)).containsExactly("4", "5", "6");

    follower.interrupt();
    follower.join();
    assertThat(seen).containsExactly("interrupted");
  }

  @Test
  void aFollowerFromTheEndSeesOnlyWhatComes() throws InterruptedException {
    write(1, 3);
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Thread follower = following(log().end(), seen);

    write(4, 4);
    assertThat(next(seen, 1)).containsExactly("4");
    follower.interrupt();
    follower.join();
  }

  @Test
  void everyFollowerSeesEveryEntryInOrder() throws InterruptedException {
    List<BlockingQueue<String>> readers =
        List.of(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
    List<Thread> followers = new ArrayList<>();
    for (BlockingQueue<String> reader : readers) {
      followers.add(following(EntryLog.START, reader));
    }

    write(1, 600);

    List<String> all = IntStream.rangeClosed(1, 600).mapToObj(String::valueOf).toList();
    for (BlockingQueue<String> reader : readers) {
      assertThat(next(reader, 600)).isEqualTo(all);
    }
    for (Thread follower : followers) {
      follower.interrupt();
      follower.join();
    }
  }

  @Test
  void whatTheReaderThrowsEndsTheFollowing() throws InterruptedException {
    write("1");

    assertThatThrownBy(() ->
            log()
                .follow(
                    EntryLog.START,
                    entry -> {
                      throw new IllegalStateException("enough");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> log().newest(1)).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> log().follow(EntryLog.START, entry -> {}))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private Thread following(String after, BlockingQueue<String> seen) {
    EntryLog<T> log = log();
    return Thread.ofVirtual()
        .start(() -> {
          try {
            log.follow(after, entry -> seen.add(word(entry.value())));
          } catch (InterruptedException stopped) {
            seen.add("interrupted");
          }
        });
  }

  private static List<String> next(BlockingQueue<String> seen, int count)
      throws InterruptedException {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String word = seen.poll(20, TimeUnit.SECONDS);
      assertThat(word).isNotNull();
      words.add(String.valueOf(word));
    }
    return words;
  }

  private List<String> write(int first, int last) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      ids.add(write(String.valueOf(i)));
    }
    return ids;
  }

  private List<String> words(List<Streamed<T>> entries) {
    return entries.stream().map(entry -> word(entry.value())).toList();
  }
}
