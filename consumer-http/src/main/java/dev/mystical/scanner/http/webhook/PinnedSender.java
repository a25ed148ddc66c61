package dev.mystical.scanner.http.webhook;

import dev.mystical.scanner.domain.deliver.DeliveryOutcome;
import dev.mystical.scanner.domain.deliver.Webhook;
import dev.mystical.scanner.domain.deliver.WebhookSender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends webhooks to the very addresses that were vetted, with no more in between than a socket: no
 * proxy, no pool, no redirect, no cookie, no second request. Logs nothing. Safe for use by many
 * threads.
 *
 * <p>Each exchange has a virtual thread, because that can be stopped at any point: an interrupt
 * closes the socket it blocks on, be it to connect, in the handshake, to write or to read. So one
 * deadline holds over everything, and no receiver stretches it by sending a byte now and then, as
 * it could a time limit for each read.
 */
public final class PinnedSender implements WebhookSender, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final AddressGuard guard;
  private final WebhookRequests requests;
  private final Connections connections;
  private final Duration limit;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory());

  PinnedSender(
      AddressGuard guard, WebhookRequests requests, Connections connections, Duration limit) {
    this.guard = guard;
    this.requests = requests;
    this.connections = connections;
    this.limit = limit;
  }

  /**
   * Sends by these rules until {@link #close()}.
   *
   * @param secrets that sign, such as {@code whsec_…}: one, two while one replaces the other, or
   *     none for webhooks that are not signed. {@link IllegalArgumentException} for anything else
   */
  public static PinnedSender open(CallbackRules rules, List<String> secrets) {
    return new PinnedSender(
        new AddressGuard(rules, new SystemResolver()),
        new WebhookRequests(secrets),
        new Connections((SSLSocketFactory) SSLSocketFactory.getDefault(), LIMIT),
        LIMIT);
  }

  @Override
  public DeliveryOutcome send(Webhook webhook) throws InterruptedException {
    // What is done at once would never notice.
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long end = System.nanoTime() + limit.toNanos();
    return switch (guard.check(webhook.url(), limit)) {
      case AddressGuard.Verdict.Vetted vetted ->
          exchange(new Exchange(connections, requests, vetted, webhook), end);
      case AddressGuard.Verdict.Forbidden(String why) -> new DeliveryOutcome.Blocked(why);
      case AddressGuard.Verdict.Unknown(String why) -> new DeliveryOutcome.Unreachable(why);
    };
  }

  private DeliveryOutcome exchange(Exchange exchange, long end) throws InterruptedException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      return exchange.soFar();
    }
    Future<DeliveryOutcome> running;
    try {
      running = threads.submit(exchange);
    } catch (RejectedExecutionException e) {
      return new DeliveryOutcome.Unreachable("nothing is sent any more");
    }
    try {
      return running.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return exchange.soFar();
    } catch (ExecutionException e) {
      // A fault of ours. Its message might have a part of the URL.
      return new DeliveryOutcome.Unreachable(
          "the request could not be made: " + running.exceptionNow().getClass().getSimpleName());
    } finally {
      running.cancel(true);
    }
  }

  /** Breaks off what is being sent. */
  @Override
  public void close() {
    threads.shutdownNow();
    guard.close();
  }
}
