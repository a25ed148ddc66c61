package dev.mystical.scanner.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for HTTP, and answers what its routes say, from {@link #start} until {@link #stop} or
 * {@link #close}. One virtual thread a connection; docs/adr/0011 tells what no client can do to it.
 */
public final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final int BACKLOG = 512;

  private final URI address;
  private final Acceptor acceptor;
  private final Seats seats;
  private final LiveStreams streams;
  private final Watchdog watchdog;
  private final ExecutorService threads;

  private HttpListener(
      ServerSocket server, URI address, Router router, ListenerTerms terms, Clocks clocks) {
    this.address = address;
    this.seats = new Seats(terms.room());
    this.streams = new LiveStreams();
    this.watchdog = new Watchdog();
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    Hall hall = new Hall(terms, router, seats, new AnswerWriter(clocks.wall(), streams));
    this.acceptor = new Acceptor(server, hall, watchdog, threads, clocks.nanos());
  }

  /** What it takes the time from: of day, and that which only grows. */
  record Clocks(InstantSource wall, LongSupplier nanos) {
    static final Clocks SYSTEM = new Clocks(InstantSource.system(), System::nanoTime);
  }

  /**
   * Binds and listens; port 0 takes a free one. Throws {@link UncheckedIOException} where it cannot
   * listen, with a message for people.
   */
  public static HttpListener start(String host, int port, List<Route> routes) {
    return start(host, port, routes, ListenerTerms.standard(), Clocks.SYSTEM);
  }

  static HttpListener start(
      String host, int port, List<Route> routes, ListenerTerms terms, Clocks clocks) {
    Router router = new Router(routes);
    try {
      ServerSocket server = new ServerSocket(port, BACKLOG, InetAddress.getByName(host));
      HttpListener listener =
          new HttpListener(server, address(host, server.getLocalPort()), router, terms, clocks);
      listener.begin();
      return listener;
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("cannot listen on %s: %s".formatted(address(host, port), e), e));
    }
  }

  private void begin() {
    watchdog.start();
    Thread.ofPlatform().daemon().name("http-accept").start(acceptor);
    LOG.info("api listening on {}", address);
  }

  /** Where it listens, with the port that was taken. */
  public URI address() {
    return address;
  }

  /**
   * Lets nobody in any more, ends live streams and whatever waits for a client, and gives requests
   * that are being answered that long to end. A second call waits for nothing new.
   */
  public void stop(Duration grace) throws InterruptedException {
    quiesce();
    try {
      threads.awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      close();
    }
  }

  /** Stops at once; a request that is being answered is cut off. */
  @Override
  public void close() {
    quiesce();
    threads.shutdownNow();
    seats.all().forEach(Link::cut);
    watchdog.close();
  }

  private void quiesce() {
    acceptor.close();
    streams.close();
    seats.close().forEach(Link::cut);
    threads.shutdown();
  }

  private static URI address(String host, int port) {
    return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }
}
