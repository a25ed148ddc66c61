package dev.mystical.scanner.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets clients in, and gives each a virtual thread. */
final class Acceptor implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final long PAUSE_MILLIS = 100;
  private static final long LONGEST_END_SECONDS = 2;

  private final ServerSocket server;
  private final Hall hall;
  private final Watchdog watchdog;
  private final ExecutorService threads;
  private final LongSupplier nanos;
  private final Crowding crowding;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean failing;

  Acceptor(
      ServerSocket server,
      Hall hall,
      Watchdog watchdog,
      ExecutorService threads,
      LongSupplier nanos) {
    this.server = server;
    this.hall = hall;
    this.watchdog = watchdog;
    this.threads = threads;
    this.nanos = nanos;
    this.crowding = new Crowding(nanos);
  }

  /** Until {@link #close}, whatever happens. */
  @Override
  public void run() {
    try {
      while (closed.getCount() > 0) {
        try {
          welcome(server.accept());
          failing = false;
        } catch (IOException | RuntimeException | Error e) {
          recover(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void welcome(Socket socket) throws IOException {
    Link link;
    try {
      link = Link.over(socket, hall.terms().times(), nanos);
    } catch (IOException e) {
      // It has gone before it was let in, which is nothing that we had to recover from.
      socket.close();
      return;
    }
    List<Link> leaving = hall.seats().enter(link);
    leaving.forEach(Link::cut);
    crowding.closed(leaving.size());
    if (leaving.contains(link)) {
      return;
    }
    watchdog.watch(link.deadline());
    boolean begun = false;
    try {
      threads.execute(() -> serve(link));
      begun = true;
    } finally {
      if (!begun) {
        leave(link);
      }
    }
  }

  private void serve(Link link) {
    try {
      new Connection(link, hall).run();
    } finally {
      leave(link);
    }
  }

  private void leave(Link link) {
    link.cut();
    hall.seats().leave(link);
    watchdog.forget(link.deadline());
  }

  /** Mostly there are too many open files, of which whoever waits longest has one. */
  private void recover(Throwable e) throws InterruptedException {
    if (closed.getCount() == 0) {
      return;
    }
    if (!failing) {
      LOG.warn("event=http.accept-failed", e);
      failing = true;
    }
    hall.seats().relieve().ifPresent(Link::cut);
    closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Nobody is let in any more once this has returned. */
  void close() {
    closed.countDown();
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("event=http.close-failed", e);
    }
    try {
      // While its thread is still within accept() the system goes on letting clients in.
      if (!ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("event=http.accept-stuck");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
