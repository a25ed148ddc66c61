package dev.mystical.scanner.app.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Nudges from a stream of server-sent events. A stream that ends, breaks or falls silent is opened
 * again, after the last event that came whole, with growing pauses while it does not last.
 *
 * <p>One virtual thread a connection reads, and dies with it; whoever waits opens, watches and cuts
 * connections. {@link #news} and what is volatile are shared, all else is the waiting thread's.
 */
final class EventStream implements Nudges {
  /** Opens the stream after the event with that id; empty for what comes from now on. */
  @FunctionalInterface
  interface Opening {
    InputStream open(String after) throws IOException, InterruptedException;
  }

  private final Opening opening;
  private final ClientTimes times;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore news = new Semaphore(0);
  private volatile String last = "";
  private Optional<Connection> current = Optional.empty();
  private Instant due;
  private int failures;

  EventStream(Opening opening, ClientTimes times, InstantSource clock, RandomGenerator random) {
    this.opening = opening;
    this.times = times;
    this.clock = clock;
    this.random = random;
    this.due = clock.instant();
  }

  @Override
  public void await(Duration most) throws InterruptedException {
    Instant end = clock.instant().plus(most);
    while (true) {
      Instant now = clock.instant();
      tend(now);
      if (!now.isBefore(end)) {
        return;
      }
      Instant until = current.isPresent() || end.isBefore(due) ? end : due;
      if (news.tryAcquire(Duration.between(now, until).toNanos(), TimeUnit.NANOSECONDS)) {
        // However many there were: one look shows what came of all.
        news.drainPermits();
        return;
      }
      if (until.equals(end)) {
        return;
      }
    }
  }

  private void tend(Instant now) {
    if (current.isPresent()) {
      Connection connection = current.get();
      if (!connection.over && !connection.silent(now)) {
        return;
      }
      connection.cut();
      failures = connection.told ? 0 : failures + 1;
      due = now.plus(times.between().delay(failures, random));
      current = Optional.empty();
    }
    if (!now.isBefore(due)) {
      current = Optional.of(new Connection());
      current.get().start();
    }
  }

  @Override
  public void close() {
    current.ifPresent(Connection::cut);
    current = Optional.empty();
  }

  /** Reads one stream, once. */
  private final class Connection {
    private final Thread thread = Thread.ofVirtual().name("client-events").unstarted(this::read);
    private volatile Instant heard = clock.instant();
    private volatile boolean opened;

    /** Anything came but the answer's head. */
    private volatile boolean told;

    private volatile boolean over;

    void start() {
      thread.start();
    }

    void cut() {
      thread.interrupt();
    }

    /** Until it is open it has a deadline of its own. */
    boolean silent(Instant now) {
      return opened && now.isAfter(heard.plus(times.silence()));
    }

    private void read() {
      try (InputStream in = opening.open(last)) {
        heard = clock.instant();
        opened = true;
        // What changed while nobody listened has no event any more.
        news.release();
        SseReader reader = new SseReader(new HeardInput(in, this::heard), last);
        Optional<SseEvent> event = reader.next();
        while (event.isPresent()) {
          last = event.get().id();
          news.release();
          event = reader.next();
        }
      } catch (IOException e) {
        // It is opened again, and the scan is asked for meanwhile.
        opened = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        over = true;
        news.release();
      }
    }

    private void heard() {
      heard = clock.instant();
      told = true;
    }
  }

  /** Tells when anything is read. */
  private static final class HeardInput extends FilterInputStream {
    private final Runnable heard;

    HeardInput(InputStream in, Runnable heard) {
      super(in);
      this.heard = heard;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      if (read > 0) {
        heard.run();
      }
      return read;
    }
  }
}
