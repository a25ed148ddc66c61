package dev.mystical.scanner.http.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the system. Its look-ups can be neither interrupted nor given a deadline, and would hold the
 * carrier of a virtual thread; so they have a few threads of their own, and one that takes too long
 * is left behind. Where all of them are stuck, look-ups fail at their deadlines until one returns.
 */
final class SystemResolver implements NameResolver {
  private static final int THREADS = 8;
  private static final int WAITING = 256;

  /** The system's look-up. */
  interface LookUp {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  private final LookUp lookUp;
  private final ThreadPoolExecutor threads;

  SystemResolver() {
    this(InetAddress::getAllByName, THREADS, WAITING);
  }

  SystemResolver(LookUp lookUp, int threads, int waiting) {
    this.lookUp = lookUp;
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            // Daemons: one may be stuck when the process wants to end.
            Thread.ofPlatform().daemon().name("webhook-names-", 0).factory());
    this.threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public Resolution resolve(String host, Duration within) throws InterruptedException {
    FutureTask<InetAddress[]> task = new FutureTask<>(() -> lookUp.all(host));
    try {
      threads.execute(task);
      return new Resolution.Found(List.of(task.get(within.toNanos(), TimeUnit.NANOSECONDS)));
    } catch (ExecutionException e) {
      return new Resolution.NotFound(
          e.getCause() instanceof UnknownHostException
              ? "no name server knows " + host
              : "the look-up of %s failed".formatted(host));
    } catch (TimeoutException e) {
      return new Resolution.NotFound("no name server answered for %s in time".formatted(host));
    } catch (RejectedExecutionException e) {
      return new Resolution.NotFound("too many names are being looked up");
    } finally {
      task.cancel(false);
      threads.remove(task);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
