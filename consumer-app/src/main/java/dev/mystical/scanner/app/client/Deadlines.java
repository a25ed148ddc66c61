package dev.mystical.scanner.app.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes calls that end, one way or the other, after so long. The deadlines of the JDK's client end
 * with an answer's head; these hold for all of it, however slowly it comes. For many threads.
 */
final class Deadlines implements AutoCloseable {
  private final ExecutorService calls =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("client-", 0).factory());

  /**
   * Throws what the call throws, or that there was no answer in time; the call is then interrupted.
   */
  <T> T within(Duration most, Callable<T> call) throws IOException, InterruptedException {
    Future<T> answer = calls.submit(call);
    try {
      return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within %d s".formatted(most.toSeconds()), e);
    } catch (ExecutionException e) {
      throw thrown(e);
    } finally {
      answer.cancel(true);
    }
  }

  private static IOException thrown(ExecutionException e) {
    if (e.getCause() instanceof IOException known) {
      return known;
    }
    if (e.getCause() instanceof RuntimeException bug) {
      throw bug;
    }
    return new IOException("the call was cut off", e);
  }

  @Override
  public void close() {
    calls.shutdownNow();
  }
}
