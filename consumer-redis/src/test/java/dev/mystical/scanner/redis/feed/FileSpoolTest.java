package dev.mystical.scanner.redis.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpoolTest {
  @TempDir Path folder;

  @Test
  void whatWentInComesOutInOrder() throws IOException {
    FileSpool spool = spool("one");
    spool.append(records(0, 30));
    spool.append(records(30, 60));

    assertThat(drained(spool)).isEqualTo(texts(0, 60));
    assertThat(spool.empty()).isTrue();
    spool.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theOldestStayUntilTheyAreRemoved() throws IOException {
    FileSpool spool = spool("one");
    spool.append(records(0, 5));

    assertThat(texts(spool.oldest(2))).isEqualTo(texts(0, 2));
    assertThat(texts(spool.oldest(2))).isEqualTo(texts(0, 2));
    spool.remove(1);
    assertThat(texts(spool.oldest(2))).isEqualTo(texts(1, 3));
  }

  @Test
  void whatIsAppendedWhileTheOldestAreReadComesAfterThem() throws IOException {
    FileSpool spool = spool("one");
    spool.append(records(0, 3));
    spool.oldest(1);
    spool.append(records(3, 6));

    assertThat(drained(spool)).isEqualTo(texts(0, 6));
  }

  @Test
  void whenThereIsNoRoomTheOldestGoAndAreCounted() throws IOException {
    FileSpool spool = spool("one");
    long lost = 0;
    for (int i = 0; i < 500; i += 20) {
      lost += spool.append(records(i, i + 20));
    }

    assertThat(bytes()).isLessThanOrEqualTo(2_000 + 320);
    List<String> left = drained(spool);
    assertThat(left).isEqualTo(texts(500 - left.size(), 500));
    assertThat(lost + left.size()).isEqualTo(500);
    assertThat(lost).isPositive();
  }

  @Test
  void whatIsDoneWithIsNotCountedAsLost() throws IOException {
    FileSpool spool = spool("one");
    spool.append(records(0, 10));
    spool.oldest(10);
    spool.remove(4);
    long lost = 0;
    int next = 10;
    while (lost == 0) {
      lost = spool.append(records(next, next + 20));
      next += 20;
    }

    assertThat(lost).isEqualTo(6);
  }

  @Test
  void aTornTailHidesNothingBeforeIt() throws IOException {
    FileSpool spool = spool("one");
    spool.append(records(0, 4));
    spool.close();
    Path segment = segments().getFirst();
    for (int cut = 1; cut < 20; cut++) {
      byte[] bytes = Files.readAllBytes(segment);
      Path torn = Files.write(folder.resolve("torn"), cutOff(bytes, cut));
      assertThat(texts(Segment.records(torn))).isEqualTo(texts(0, cut <= 16 ? 3 : 2));
    }
  }

  @Test
  void aChangedByteEndsASegmentEarly() throws IOException {
    FileSpool spool = spool("one");
    spool.append(records(0, 4));
    spool.close();
    Path segment = segments().getFirst();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length - 1] ^= 1;
    Files.write(segment, bytes);

    assertThat(texts(Segment.records(segment))).isEqualTo(texts(0, 3));
  }

  @Test
  void aLengthThatNobodyWroteEndsASegment() throws IOException {
    Path file = folder.resolve("huge");
    Files.write(file, new byte[] {0x7f, -1, -1, -1, 0, 0, 0, 0, 1});

    assertThat(Segment.records(file)).isEmpty();
  }

  @Test
  void whatADeadProcessLeftIsTakenOverInFrontOfOnesOwn() throws IOException {
    FileSpool dead = spool("dead");
    dead.append(records(0, 50));
    dead.close();
    FileSpool spool = spool("alive");

    assertThat(spool.takeOver()).isEqualTo(50);
    spool.append(records(50, 60));

    assertThat(drained(spool)).isEqualTo(texts(0, 60));
    spool.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatALivingProcessHasIsLeftAlone() throws IOException {
    FileSpool living = spool("living");
    living.append(records(0, 3));
    FileSpool spool = spool("other");

    assertThat(spool.takeOver()).isZero();
    assertThat(drained(living)).isEqualTo(texts(0, 3));
  }

  @Test
  void afterATornTailTheNextProcessTakesWhatIsGood() throws IOException {
    FileSpool dead = spool("dead");
    dead.append(records(0, 3));
    dead.close();
    Files.write(segments().getFirst(), new byte[] {0, 0, 0, 9, 1}, StandardOpenOption.APPEND);
    FileSpool spool = spool("alive");

    assertThat(spool.takeOver()).isEqualTo(3);
    assertThat(drained(spool)).isEqualTo(texts(0, 3));
  }

  private FileSpool spool(String name) {
    return new FileSpool(
        new FeedTerms(folder, 2_000, 500, 10, Duration.ofSeconds(1), Duration.ZERO), name);
  }

  private static List<String> drained(FileSpool spool) throws IOException {
    List<String> all = new ArrayList<>();
    for (List<byte[]> next = spool.oldest(7); !next.isEmpty(); next = spool.oldest(7)) {
      all.addAll(texts(next));
      spool.remove(next.size());
    }
    return all;
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(".spool")).sorted().toList();
    }
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (Path segment : segments()) {
      bytes += Files.size(segment);
    }
    return bytes;
  }

  private static byte[] cutOff(byte[] bytes, int count) {
    return Arrays.copyOf(bytes, bytes.length - count);
  }

  /** Records of eight bytes, which with their heads take sixteen. */
  private static List<byte[]> records(int from, int to) {
    return texts(from, to).stream().map(text -> text.getBytes(UTF_8)).toList();
  }

  private static List<String> texts(int from, int to) {
    return IntStream.range(from, to).mapToObj("%08d"::formatted).toList();
  }

  private static List<String> texts(List<byte[]> records) {
    return records.stream().map(record -> new String(record, UTF_8)).toList();
  }
}
