package dev.mystical.scanner.domain.collect;

import static dev.mystical.scanner.domain.scan.SampleScans.MYSTICAL;
import static dev.mystical.scanner.domain.scan.SampleScans.SONAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.domain.scan.SampleScans;
import dev.mystical.scanner.domain.scan.ScanKey;
import dev.mystical.scanner.domain.scan.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every {@link ReportStore} promises. Keys are new in each test. */
public abstract class ReportStoreContract {
  /** How long the store under test is to keep reports. */
  protected static final Duration KEPT = Duration.ofDays(8);

  private static final Duration MOMENT = Duration.ofMinutes(1);
  private static final int BIG = 24_000_000;

  private final ScanKey scan = SampleScans.newKey();
  private final ReportKey key = new ReportKey(scan, SONAR, "a".repeat(64));

  /** For the adapters' tests. */
  protected ReportStoreContract() {}

  /** The store under test; the same one at every call within a test. */
  protected abstract ReportStore store();

  /** Lets time go by, and what is kept no longer go. */
  protected abstract void elapse(Duration time) throws InterruptedException;

  @Test
  void whatWasNeverPutIsNotThere() throws InterruptedException {
    assertThat(store().open(key)).isEmpty();
    assertThat(store().keep(key)).isFalse();
  }

  @Test
  void reportsOfEverySizeComeBackByteForByte() throws IOException, InterruptedException {
    for (int size : List.of(0, 1, 65_536, 262_143, 262_144, 262_145, 1_000_000)) {
      ReportKey each = new ReportKey(SampleScans.newKey(), SONAR, "b".repeat(64));
      put(each, bytes(size, size));

      assertThat(stored(each)).as("%d bytes", size).isEqualTo(bytes(size, size));
    }
  }

  @Test
  void aBigReportComesBackByteForByte() throws IOException, InterruptedException {
    byte[] big = bytes(1, BIG);
    put(key, big);

    try (InputStream stored = store().open(key).orElseThrow()) {
      byte[] buffer = new byte[10_007];
      int at = 0;
      for (int read = stored.read(buffer); read >= 0; read = stored.read(buffer)) {
        assertThat(Arrays.equals(buffer, 0, read, big, at, at + read)).as("at %d", at).isTrue();
        at += read;
      }
      assertThat(at).isEqualTo(BIG);
    }
  }

  @Test
  void aReportIsReadByteByByteToo() throws IOException, InterruptedException {
    put(key, new byte[] {(byte) 0xff, 0, '\r', '\n', (byte) 0x80});

    try (InputStream stored = store().open(key).orElseThrow()) {
      for (int expected : List.of(0xff, 0, 13, 10, 0x80, -1, -1)) {
        assertThat(stored.read()).isEqualTo(expected);
      }
    }
  }

  @Test
  void aRepeatLeavesTheReportAsItIsAndIsReadToItsEnd() throws IOException, InterruptedException {
    put(key, bytes(1, 300_000));
    InputStream other = new ByteArrayInputStream(bytes(2, 400_000));
    store().put(key, other);

    assertThat(stored(key)).isEqualTo(bytes(1, 300_000));
    assertThat(other.read()).isNegative();
  }

  @Test
  void everyPartOfAKeyTellsReportsApart() throws IOException, InterruptedException {
    List<ReportKey> keys =
        List.of(
            key,
            new ReportKey(scan, SONAR, "b".repeat(64)),
            new ReportKey(scan, MYSTICAL, "a".repeat(64)),
            new ReportKey(SampleScans.newKey(), SONAR, "a".repeat(64)),
            new ReportKey(new ScanKey(new Tenant("other"), scan.id()), SONAR, "a".repeat(64)));
    for (int i = 0; i < keys.size(); i++) {
      put(keys.get(i), bytes(i, 100));
    }

    for (int i = 0; i < keys.size(); i++) {
      assertThat(stored(keys.get(i))).isEqualTo(bytes(i, 100));
    }
  }

  @Test
  void aStreamThatBreaksLeavesNothing() throws IOException, InterruptedException {
    IOException why = new IOException("the client has gone");

    assertThatThrownBy(() ->
            store()
                .put(
                    key,
                    new Watched(
                        bytes(1, BIG),
                        BIG / 2,
                        () -> {
                          throw why;
                        })))
        .isSameAs(why);

    assertThat(store().open(key)).isEmpty();
    assertThat(store().keep(key)).isFalse();
    put(key, bytes(2, 100));
    assertThat(stored(key)).isEqualTo(bytes(2, 100));
  }

  @Test
  void aReportIsNotSeenBeforeItIsWhole() throws IOException, InterruptedException {
    AtomicBoolean looked = new AtomicBoolean();
    InputStream slow =
        new Watched(
            bytes(1, 2_000_000),
            1_500_000,
            () -> looked.set(store().open(key).isEmpty() && !store().keep(key)));

    store().put(key, slow);

    assertThat(looked).isTrue();
    assertThat(stored(key)).isEqualTo(bytes(1, 2_000_000));
  }

  @Test
  void theGivenStreamStaysOpen() throws IOException, InterruptedException {
    AtomicBoolean closed = new AtomicBoolean();
    store()
        .put(
            key,
            new ByteArrayInputStream(bytes(1, 10)) {
              @Override
              public void close() {
                closed.set(true);
              }
            });

    assertThat(closed).isFalse();
  }

  @Test
  void ofManyThatPutOneReportAtOnceOneIsKeptWhole()
      throws IOException, ExecutionException, InterruptedException {
    List<Future<?>> writers = new ArrayList<>();
    CountDownLatch halfWay = new CountDownLatch(4);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        byte[] packed = bytes(i, 2_000_000 + i);
        writers.add(
            threads.submit(() -> {
              store()
                  .put(
                      key,
                      new Watched(
                          packed,
                          1_000_000,
                          () -> {
                            halfWay.countDown();
                            halfWay.await();
                          }));
              return null;
            }));
      }
    }
    for (Future<?> writer : writers) {
      writer.get();
    }

    byte[] stored = stored(key);
    assertThat(stored).isEqualTo(bytes(stored.length - 2_000_000, stored.length));
  }

  @Test
  void aReaderIsNotDisturbedByARepeat() throws IOException, InterruptedException {
    put(key, bytes(1, 2_000_000));
    try (InputStream stored = store().open(key).orElseThrow()) {
      byte[] first = stored.readNBytes(1_000_000);
      put(key, bytes(2, 3_000_000));
      byte[] rest = stored.readAllBytes();

      assertThat(first).isEqualTo(Arrays.copyOf(bytes(1, 2_000_000), 1_000_000));
      assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes(1, 2_000_000), 1_000_000, 2_000_000));
    }
  }

  @Test
  void aReaderMayLeaveEarly() throws IOException, InterruptedException {
    put(key, bytes(1, 1_000_000));
    try (InputStream stored = store().open(key).orElseThrow()) {
      assertThat(stored.read()).isNotNegative();
    }

    assertThat(stored(key)).hasSize(1_000_000);
  }

  @Test
  void aReportIsKeptForItsTime() throws IOException, InterruptedException {
    put(key, bytes(1, 10));
    elapse(KEPT.minus(MOMENT));
    assertThat(store().open(key)).isPresent();
    elapse(MOMENT.multipliedBy(2));
    assertThat(store().open(key)).isEmpty();
    assertThat(store().keep(key)).isFalse();
  }

  @Test
  void keepingAndRepeatingGiveItsWholeTimeAnew() throws IOException, InterruptedException {
    put(key, bytes(1, 10));
    elapse(KEPT.minus(MOMENT));
    assertThat(store().keep(key)).isTrue();
    elapse(KEPT.minus(MOMENT));
    put(key, bytes(1, 10));
    elapse(KEPT.minus(MOMENT));

    assertThat(stored(key)).isEqualTo(bytes(1, 10));
  }

  @Test
  void aCallOnAnInterruptedThreadIsLeft() {
    for (Interrupted call :
        List.<Interrupted>of(
            store -> put(key, bytes(1, 1_000_000)),
            store -> store.open(key),
            store -> store.keep(key))) {
      ReportStore store = store();
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> call.on(store)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void aPutThatIsInterruptedLeavesNothing() throws InterruptedException {
    InputStream interrupting =
        new Watched(bytes(1, 2_000_000), 1_000_000, () -> Thread.currentThread().interrupt());

    assertThatThrownBy(() -> store().put(key, interrupting))
        .isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(store().open(key)).isEmpty();
  }

  /** Reports' bytes: the same for the same seed and size, and nothing that packs well. */
  protected static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  protected final void put(ReportKey under, byte[] packed)
      throws IOException, InterruptedException {
    store().put(under, new ByteArrayInputStream(packed));
  }

  private byte[] stored(ReportKey under) throws IOException, InterruptedException {
    try (InputStream stored = store().open(under).orElseThrow()) {
      return stored.readAllBytes();
    }
  }

  /** A call that must not be made. */
  private interface Interrupted {
    void on(ReportStore store) throws IOException, InterruptedException;
  }

  /** What happens in the middle of a stream. */
  protected interface Happening {
    void now() throws IOException, InterruptedException;
  }

  /** Bytes in the middle of which something happens, once, in the thread that reads them. */
  protected static final class Watched extends InputStream {
    private final InputStream bytes;
    private final int middle;
    private final Happening happening;
    private int at;

    public Watched(byte[] bytes, int middle, Happening happening) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.middle = middle;
      this.happening = happening;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      // Never past the middle in one go, as a socket would not.
      int wanted = at < middle ? Math.min(length, middle - at) : length;
      int read = bytes.read(buffer, offset, wanted);
      boolean passes = at < middle && at + read >= middle;
      at += Math.max(0, read);
      if (passes) {
        happen();
      }
      return read;
    }

    private void happen() throws IOException {
      try {
        happening.now();
      } catch (InterruptedException e) {
        throw new AssertionError("the test was interrupted", e);
      }
    }
  }
}
