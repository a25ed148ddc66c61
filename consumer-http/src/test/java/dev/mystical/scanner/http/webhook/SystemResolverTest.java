package dev.mystical.scanner.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mystical.scanner.http.webhook.NameResolver.Resolution;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemResolverTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<Boolean> released = new CompletableFuture<>();
  private final SystemResolver resolver = new SystemResolver(this::lookUp, 1, 1);

  @AfterEach
  void stop() {
    released.complete(true);
    resolver.close();
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    return switch (host) {
      case "known" -> InetAddress.getAllByName("1.2.3.4");
      case "stuck" -> {
        begun.countDown();
        // As deaf to interrupts as a real look-up.
        released.join();
        yield InetAddress.getAllByName("1.2.3.4");
      }
      case "broken" -> throw new IllegalStateException("a part of the system's own");
      default -> throw new UnknownHostException(host + ": a part of the system's own");
    };
  }

  @Test
  void aKnownNameHasItsAddresses() throws InterruptedException, UnknownHostException {
    assertThat(resolver.resolve("known", LONG))
        .isEqualTo(new Resolution.Found(List.of(InetAddress.getByName("1.2.3.4"))));
  }

  @Test
  void anUnknownNameIsAnOutcome() throws InterruptedException {
    assertThat(resolver.resolve("unknown", LONG))
        .isEqualTo(new Resolution.NotFound("no name server knows unknown"));
    assertThat(resolver.resolve("broken", LONG))
        .isEqualTo(new Resolution.NotFound("the look-up of broken failed"));
  }

  @Test
  void aLookUpThatIsStuckIsLeftBehindAtItsDeadline() throws InterruptedException {
    assertThat(resolver.resolve("stuck", SHORT))
        .isEqualTo(new Resolution.NotFound("no name server answered for stuck in time"));
  }

  @Test
  void lookUpsThatWereLeftBehindDoNotFillTheQueue()
      throws InterruptedException, UnknownHostException {
    resolver.resolve("stuck", SHORT);
    begun.await();
    for (int i = 0; i < 100; i++) {
      assertThat(resolver.resolve("known", SHORT))
          .isEqualTo(new Resolution.NotFound("no name server answered for known in time"));
    }
    released.complete(true);
    assertThat(resolver.resolve("known", LONG)).isInstanceOf(Resolution.Found.class);
  }

  @Test
  void moreLookUpsThanMayWaitAreTurnedAway() throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Resolution> stuck = threads.submit(() -> resolver.resolve("stuck", LONG));
      begun.await();
      Callable<Resolution> another = () -> resolver.resolve("known", LONG);
      // One of the two may wait; which, is chance.
      assertThat(threads.invokeAny(List.of(another, another)))
          .isEqualTo(new Resolution.NotFound("too many names are being looked up"));
      released.complete(true);
      assertThat(stuck.get()).isInstanceOf(Resolution.Found.class);
    }
  }

  @Test
  void anInterruptIsPassedOn() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> resolver.resolve("stuck", LONG))
        .isInstanceOf(InterruptedException.class);
  }
}
